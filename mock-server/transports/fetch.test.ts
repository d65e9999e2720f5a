import { expect, it } from 'vitest'
import type { Exchange } from '../exchange/http.ts'
import { fetchFromExchange } from './fetch.ts'
import { fetchCarrier } from './fetch-carrier.fixture.ts'
import { aToy } from './toy-exchange.fixture.ts'
import { describeTransport } from './transport.suite.ts'

describeTransport('fetch', async (toy, onError) =>
  fetchCarrier(fetchFromExchange(toy.exchange, { onError }), 'http://rescale.test', async () => undefined),
)

const answering =
  (answers: Record<string, [status: number, location?: string]>): Exchange =>
  ({ method, target }) => {
    const [status, location] = answers[target] ?? [200]
    return {
      status,
      headers: location === undefined ? {} : { location },
      body: location === undefined ? `${method} ${target}` : null,
    }
  }

it('follows redirects within the origin, and says so', async () => {
  const fetching = fetchFromExchange(answering({ '/a': [301, '/b?x=1'], '/b?x=1': [308, 'http://mock/c'] }))
  const response = await fetching('http://mock/a', { headers: { authorization: 'Token x' } })
  expect(await response.text()).toBe('GET /c')
  expect(response).toMatchObject({ url: 'http://mock/c', redirected: true })
  expect(await fetching('http://mock/c')).toMatchObject({ url: 'http://mock/c', redirected: false })
})

it('takes its headers and its signal along when it is redirected', async () => {
  const seen: (string | undefined)[] = []
  const fetching = fetchFromExchange(({ target, headers }) => {
    seen.push(String(headers.authorization))
    return target === '/a'
      ? { status: 301, headers: { location: '/b' }, body: null }
      : { status: 200, headers: {}, body: '' }
  })
  await fetching('http://mock/a', { headers: { authorization: 'Token x' } })
  expect(seen).toEqual(['Token x', 'Token x'])
})

it.each([
  ['POST', 301, 'GET /b'],
  ['POST', 302, 'GET /b'],
  ['POST', 303, 'GET /b'],
  ['PUT', 303, 'GET /b'],
  ['DELETE', 307, 'DELETE /b'],
])('follows a %s that is answered with %i as the standard says', async (method, status, expected) => {
  const response = await fetchFromExchange(answering({ '/a': [status, '/b'] }))('http://mock/a', { method })
  expect(await response.text()).toBe(expected)
})

it('hands out or refuses redirects when it is told to', async () => {
  const fetching = fetchFromExchange(answering({ '/a': [301, '/b'] }))
  expect(await fetching('http://mock/a', { redirect: 'manual' })).toMatchObject({ status: 301 })
  await expect(fetching('http://mock/a', { redirect: 'error' })).rejects.toThrow('fetch failed')
})

it.each([
  ['round in circles', '/a', {}],
  ['to another host', 'https://elsewhere.example/', {}],
  ['with a body that is already sent', '/b', { method: 'PUT', body: 'x' }],
])('does not follow a redirect %s', async (_, location, init) => {
  const fetching = fetchFromExchange(answering({ '/a': [307, location] }))
  await expect(fetching('http://mock/a', init)).rejects.toThrow('fetch failed')
})

it('takes a Request, and a form', async () => {
  const fetching = fetchFromExchange(async ({ headers, body }) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of body ?? []) chunks.push(chunk)
    return {
      status: 200,
      headers: { 'x-type': String(headers['content-type']) },
      body: Buffer.concat(chunks),
    }
  })
  const form = new FormData()
  form.set('file', new Blob(['bytes']), 'a.txt')
  const response = await fetching(new Request('http://mock/', { method: 'POST', body: form }))
  const sent = await new Response(await response.arrayBuffer(), {
    headers: { 'content-type': response.headers.get('x-type') ?? '' },
  }).formData()
  expect(await (sent.get('file') as File).text()).toBe('bytes')
})

it('asks nothing when it was aborted before', async () => {
  let asked = 0
  const fetching = fetchFromExchange(() => {
    asked += 1
    return { status: 200, headers: {}, body: null }
  })
  await expect(fetching('http://mock/', { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(asked).toBe(0)
})

it('stops waiting for an answer when it is aborted', async () => {
  const abort = new AbortController()
  const fetching = fetchFromExchange(() => new Promise(() => undefined))
  const answer = fetching('http://mock/', { signal: abort.signal })
  abort.abort(new Error('enough'))
  await expect(answer).rejects.toThrow('enough')
})

it('fails with what a body of its caller fails with', async () => {
  const errors: unknown[] = []
  const exchange: Exchange = async ({ body }) => {
    for await (const _ of body ?? []);
    return { status: 200, headers: {}, body: null }
  }
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('my disk')) })
  const init = { method: 'POST', body, duplex: 'half' } as RequestInit
  const fetching = fetchFromExchange(exchange, { onError: (error) => errors.push(error) })
  await expect(fetching('http://mock/', init)).rejects.toThrow('my disk')
  expect(errors).toEqual([])
})

it('lets go of a stream whose reader has enough', async () => {
  const toy = aToy()
  const response = await fetchFromExchange(toy.exchange)('http://mock/endless')
  const reader = response.body?.getReader()
  await reader?.read()
  const released = toy.released()
  await reader?.cancel()
  await released
  expect(toy.openStreams).toBe(0)
})
