import { Agent, request } from 'undici'
import { afterEach, expect, it } from 'vitest'
import { LIVE_HOST, type LiveServer, startLiveServer } from './live-server.ts'

let server: LiveServer | undefined
let agent: Agent | undefined
afterEach(async () => {
  await agent?.close()
  await server?.close()
})

function get(path: string, trusted: boolean): Promise<{ status: number; body: unknown }> {
  const { ca = '' } = server ?? {}
  agent = new Agent({
    connect: {
      ...(trusted && { ca }),
      lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
    },
  })
  return request(`${server?.url}${path}`, {
    dispatcher: agent,
    headers: { authorization: `Token ${server?.apiKey}` },
  }).then(async ({ statusCode, body }) => ({ status: statusCode, body: await body.json() }))
}

it('answers over TLS by its own name, and puts that name into its links', async () => {
  server = await startLiveServer()
  const { status, body } = await get('/api/v2/coretypes/?page_size=1', true)
  expect(status).toBe(200)
  expect(body).toMatchObject({ next: expect.stringContaining(`https://${LIVE_HOST}:${server.port}/api/v2/`) })
})

it('is not believed by a client that does not know its authority', async () => {
  server = await startLiveServer()
  await expect(get('/api/v2/', false)).rejects.toThrow(/certificate/)
})

it('is another world than the default one', async () => {
  server = await startLiveServer()
  const { body } = await get('/api/v2/users/me/', true)
  expect(body).not.toMatchObject({ email: 'demouser@example.com' })
})
