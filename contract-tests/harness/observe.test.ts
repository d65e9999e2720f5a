import { createHash } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createRescale, listen } from '../../mock-server/index.ts'
import { fetchOver } from './fetch-over.ts'
import { observing } from './observe.ts'
import { hasAnswer, type SeenExchange } from './seen-exchange.ts'
import { inProcessTransport } from './targets/in-process-transport.ts'
import { bytesOf, headerOf, layered, type Transport } from './transport.ts'
import { undiciTransport } from './undici-transport.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function observed(transport: Transport): { transport: Transport; seen: SeenExchange[] } {
  const seen: SeenExchange[] = []
  let seq = 0
  const layer = observing({
    scenario: 'test',
    clock: { now: () => new Date(0), elapsedMs: () => 0 },
    phase: () => 'scenario',
    callerOf: (authorization) => (authorization === undefined ? 'nobody' : 'owner'),
    nextSeq: () => ++seq,
    onExchange: (exchange) => seen.push(exchange),
  })
  return { transport: layered(transport, [layer]), seen }
}

async function served(listener: RequestListener): Promise<{ url: string; transport: Transport }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () => new Promise((resolve) => server.close(resolve)),
    async () => server.closeAllConnections(),
  )
  const { transport, close } = await undiciTransport()
  closing.push(close)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, transport }
}

describe.each([
  {
    name: 'in process',
    open: async () => {
      const rescale = createRescale()
      closing.push(() => rescale.close())
      return { transport: inProcessTransport(rescale.exchange), origin: 'http://rescale.test', rescale }
    },
  },
  {
    name: 'over a socket',
    open: async () => {
      const rescale = createRescale()
      const listening = await listen(rescale)
      const { transport, close } = await undiciTransport()
      closing.push(
        () => rescale.close(),
        () => listening.close(),
        close,
      )
      return { transport, origin: listening.url, rescale }
    },
  },
])('observing $name', ({ open }) => {
  it('tells what was sent and received, with whose key, and which operation it was', async () => {
    const { transport, origin, rescale } = await open()
    const { transport: watched, seen } = observed(transport)
    const fetch = fetchOver(watched)
    const url = `${origin}/api/v2/users/me/`
    const response = await fetch(url, { headers: { authorization: `Token ${rescale.apiKey}` } })
    const received = await response.json()
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({
      seq: 1,
      operationId: 'getCurrentUser',
      caller: 'owner',
      phase: 'scenario',
    })
    expect(seen[0]?.request).toMatchObject({ method: 'GET', url, body: { kind: 'none' } })
    expect(seen[0]?.response).toMatchObject({ status: 200, body: { kind: 'json', value: received } })
  })

  it('carries an upload and its bytes back, hashed on the way', async () => {
    const { transport, origin, rescale } = await open()
    const { transport: watched, seen } = observed(transport)
    const fetch = fetchOver(watched)
    const headers = { authorization: `Token ${rescale.apiKey}` }
    const bytes = new Uint8Array(100_000).map((_, index) => (index * 7) % 256)
    const form = new FormData()
    form.append('file', new Blob([bytes]), 'bytes.bin')
    const created = await fetch(`${origin}/api/v2/files/contents/`, { method: 'POST', headers, body: form })
    const { id } = (await created.json()) as { id: string }
    const answer = await fetch(`${origin}/api/v2/files/${id}/contents/`, { headers })
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)
    const sha512 = createHash('sha512').update(bytes).digest('hex')
    expect(seen[1]?.response).toMatchObject({ body: { kind: 'bytes', size: 100_000, sha512 } })
    expect(seen[0]?.request.body).toMatchObject({ kind: 'bytes' })
  })
})

it('tells of an answer that breaks off, and lets the caller see it break', async () => {
  const { url, transport } = await served((_, response) => {
    response.writeHead(200, { 'content-length': '10' })
    response.write('abc', () => response.destroy())
  })
  const { transport: watched, seen } = observed(transport)
  const answer = await watched({ method: 'GET', url, headers: [], body: null })
  await expect(bytesOf(answer.body)).rejects.toThrow()
  expect(seen).toHaveLength(1)
  expect(seen[0]?.response).toMatchObject({ failure: expect.any(String), status: 200 })
})

it('tells of a request that got no answer', async () => {
  const { url, transport } = await served((request) => request.socket.destroy())
  const { transport: watched, seen } = observed(transport)
  await expect(watched({ method: 'GET', url, headers: [], body: null })).rejects.toThrow()
  expect(seen[0]?.response).toMatchObject({ failure: expect.any(String) })
})

it('says that a body was given up, rather than taking its beginning for the whole', async () => {
  const { url, transport } = await served((_, response) => response.end(Buffer.alloc(1_000_000)))
  const { transport: watched, seen } = observed(transport)
  const answer = await watched({ method: 'GET', url, headers: [], body: null })
  for await (const _ of answer.body) break
  expect(seen[0]?.response).toMatchObject({ body: { kind: 'bytes', incomplete: true } })
})

it('keeps the headers as they came, twice the same and in any case, and decodes nothing', async () => {
  const { url, transport } = await served((_, response) => {
    response.writeHead(302, [
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'Location',
      '/x',
      'Content-Encoding',
      'gzip',
    ])
    response.end('not gzip at all')
  })
  const { transport: watched, seen } = observed(transport)
  const answer = await watched({ method: 'GET', url, headers: [['X-One', '1']], body: null })
  expect(answer.status).toBe(302)
  expect(new TextDecoder().decode(await bytesOf(answer.body))).toBe('not gzip at all')
  const [exchange] = seen
  expect(exchange && hasAnswer(exchange) && exchange.response.headers.slice(0, 3)).toEqual([
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
    ['Location', '/x'],
  ])
  expect(headerOf(exchange?.request.headers ?? [], 'x-one')).toBe('1')
})
