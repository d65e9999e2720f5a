import https from 'node:https'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterEach, expect, it } from 'vitest'
import type { Exchange } from '../exchange/http.ts'
import { fetchCarrier } from './fetch-carrier.fixture.ts'
import { mswHandlers, platformOrigin } from './msw.ts'
import { describeTransport } from './transport.suite.ts'

const everything = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({ method, path: '/{path}' }))

describeTransport('msw', async (toy, onError) => {
  const server = setupServer(...mswHandlers(toy.exchange, { routes: everything, onError }))
  server.listen()
  return fetchCarrier(
    (...call) => fetch(...call),
    platformOrigin,
    async () => server.close(),
  )
})

const server = setupServer()
afterEach(() => server.close())

const routes = [
  { method: 'GET', path: '/api/v2/jobs/' },
  { method: 'POST', path: '/api/v2/jobs/' },
  { method: 'GET', path: '/api/v2/jobs/{jobId}/' },
  { method: 'GET', path: '/api/v2/jobs/{jobId}/runs/{runId}/tail/{path}' },
  { method: 'GET', path: '/api/v2/users/me.json' },
]

const echo: Exchange = ({ method, target }) => ({
  status: 200,
  headers: { 'x-seen': `${method} ${target}` },
  body: 'seen',
})

/** What our handlers leave alone gets another answer. */
const leftAlone = http.all('*', () => HttpResponse.text('', { status: 418 }))

function listen(exchange: Exchange = echo, origin?: string): void {
  server.resetHandlers(...mswHandlers(exchange, origin ? { routes, origin } : { routes }), leftAlone)
  server.listen()
}

it.each([
  ['GET', '/api/v2/jobs/'],
  ['GET', '/api/v2/jobs'],
  ['GET', '/api/v2/jobs/?page=2'],
  ['HEAD', '/api/v2/jobs/'],
  ['POST', '/api/v2/jobs/'],
  ['GET', '/api/v2/jobs/abc/'],
  ['GET', '/api/v2/jobs/abc'],
  ['GET', '/api/v2/jobs/a%2Fb%20c/'],
  ['GET', '/api/v2/jobs/abc/runs/1/tail/out/a/b.log?lines=5'],
  ['GET', '/api/v2/users/me.json'],
])('hands %s %s to the exchange', async (method, path) => {
  listen()
  const response = await fetch(platformOrigin + path, { method })
  expect(response.headers.get('x-seen')).toBe(`${method} ${path}`)
})

it.each([
  ['DELETE', '/api/v2/jobs/'],
  ['GET', '/api/v2/files/'],
  ['GET', '/api/v2/jobs/a/b/'],
  ['GET', '/x/api/v2/jobs/'],
  ['GET', '/api/v2/users/me-json'],
])('leaves %s %s, which is not described, for msw to report', async (method, path) => {
  listen()
  expect((await fetch(platformOrigin + path, { method })).status).toBe(418)
})

it('stands in for the origin it is told', async () => {
  listen(echo, 'https://eu.rescale.com')
  expect((await fetch('https://eu.rescale.com/api/v2/jobs/')).status).toBe(200)
  expect((await fetch(`${platformOrigin}/api/v2/jobs/`)).status).toBe(418)
})

it('lets clients follow redirects to what is described', async () => {
  listen(({ target }) =>
    target.endsWith('/')
      ? { status: 200, headers: {}, body: target }
      : { status: 301, headers: { location: `${target}/` }, body: null },
  )
  const response = await fetch(`${platformOrigin}/api/v2/jobs/abc`)
  expect(await response.text()).toBe('/api/v2/jobs/abc/')
})

it('carries forms', async () => {
  listen(async ({ headers, body }) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of body ?? []) chunks.push(chunk)
    return {
      status: 200,
      headers: { 'x-type': headers['content-type'] as string },
      body: Buffer.concat(chunks),
    }
  })
  const form = new FormData()
  form.set('file', new Blob(['bytes']), 'a.txt')
  const response = await fetch(`${platformOrigin}/api/v2/jobs/`, { method: 'POST', body: form })
  expect(response.headers.get('x-type')).toMatch(/^multipart\/form-data; boundary=/)
  expect(await response.text()).toContain('name="file"; filename="a.txt"')
})

it('answers node:http clients too', async () => {
  listen()
  const body = await new Promise<string>((resolve, reject) => {
    const request = https.request(`${platformOrigin}/api/v2/jobs/`, (response) => {
      response.setEncoding('utf8').on('data', resolve)
    })
    request.on('error', reject).end()
  })
  expect(body).toBe('seen')
})
