import request from 'supertest'
import { afterAll, expect, it } from 'vitest'
import { rescaleApp } from '../../mock-server/express.ts'
import { createRescale } from '../../mock-server/index.ts'

const rescale = createRescale()
const app = rescaleApp(rescale)
const authorization = `Token ${rescale.apiKey}`
afterAll(() => rescale.close())

it('serves the platform as an Express app', async () => {
  const { body } = await request(app).get('/api/v2/users/me/').set('authorization', authorization).expect(200)
  expect(body).toHaveProperty('email')
})

it('takes an upload and gives the bytes back', async () => {
  const upload = await request(app)
    .post('/api/v2/files/contents/')
    .set('authorization', authorization)
    .attach('file', Buffer.from('hello'), 'hello.txt')
    .expect(201)
  const { id } = JSON.parse(upload.text) as { id: string }
  await request(app)
    .get(`/api/v2/files/${id}/contents/`)
    .set('authorization', authorization)
    .set('range', 'bytes=1-2')
    .expect('content-range', 'bytes 1-2/5')
    .expect(206, 'el')
})

it('leaves requests for other hosts alone', async () => {
  await request(app).get('/api/v2/users/me/').set({ authorization, host: 'evil.example' }).expect(421)
  await request(app).get('/_mock/time/').set({ authorization, host: 'evil.example' }).expect(421)
})

it('shows neither what it is made of nor tags of its own', async () => {
  const { headers } = await request(app).get('/api/v2/jobs/').set('authorization', authorization).expect(200)
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(headers).not.toHaveProperty('etag')
  expect(headers).not.toHaveProperty('access-control-allow-origin')
})
