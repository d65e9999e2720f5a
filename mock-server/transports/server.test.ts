import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Exchange } from '../exchange/http.ts'
import { createRescaleServer, type RescaleServerOptions } from './server.ts'
import { aToy } from './toy-exchange.fixture.ts'

let server: Server
let errors: unknown[]

beforeEach(() => {
  errors = []
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

async function serve(
  exchange: Exchange = aToy().exchange,
  options: RescaleServerOptions = {},
): Promise<void> {
  server = createRescaleServer(exchange, { onError: (error) => errors.push(error), ...options })
  await once(server.listen(0, '127.0.0.1'), 'listening')
}

const port = () => (server.address() as AddressInfo).port

/** Sends bytes as they are, and gives all that comes back until the server closes. */
async function raw(...pieces: (string | Uint8Array)[]): Promise<string> {
  const socket = connect(port(), '127.0.0.1')
  for (const piece of pieces) socket.write(piece)
  return String(await buffer(socket))
}

/** Sends bytes as they are and closes, whatever comes back. */
async function sendAndLeave(...pieces: (string | Uint8Array)[]): Promise<void> {
  const socket = connect(port(), '127.0.0.1')
  socket.on('error', () => undefined).resume()
  for (const piece of pieces) socket.write(piece)
  socket.end()
  await once(socket, 'close')
}

const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4)

const head = (lines: string): string => `${lines.trim().replace(/\s*\n\s*/g, '\r\n')}\r\n\r\n`

it('takes origin and path from the request line and Host', async () => {
  await serve()
  const seen = async (text: string) => JSON.parse(bodyOf(await raw(head(text))))
  const here = `http://127.0.0.1:${port()}`
  expect(await seen('GET /echo?a=b HTTP/1.0')).toMatchObject({ origin: here, target: '/echo?a=b' })
  expect(
    await seen(`GET /echo HTTP/1.1
    Host: LocalHost:99
    Connection: close`),
  ).toMatchObject({ origin: 'http://LocalHost:99' })
  expect(
    await seen(`GET http://evil.example/echo?x HTTP/1.1
    Host: localhost
    Connection: close`),
  ).toMatchObject({ origin: 'http://localhost', target: '/echo?x' })
})

it('links to its public URL when it has one', async () => {
  await serve(undefined, { publicUrl: 'https://mock.example/' })
  const answer = await raw(
    head(`GET /echo HTTP/1.1
    Host: mock.example
    Connection: close`),
  )
  expect(JSON.parse(bodyOf(answer)).origin).toBe('https://mock.example')
})

it('turns away requests for hosts that are not its own', async () => {
  await serve()
  const answer = await raw(
    head(`GET /text HTTP/1.1
    Host: evil.example
    Connection: close`),
  )
  expect(answer).toMatch(/^HTTP\/1.1 421 /)
  expect(JSON.parse(bodyOf(answer))).toHaveProperty('detail')
})

it('keeps the connection for the next request after a body that nobody wanted', async () => {
  await serve()
  const body = 'x'.repeat(300_000)
  const post = (path: string) =>
    head(`POST ${path} HTTP/1.1
    Host: localhost
    Content-Length: ${body.length}`) + body
  const last = head(`GET /text HTTP/1.1
    Host: localhost
    Connection: close`)
  for (const path of ['/refuses', '/refuses-at-once', '/first-chunk', '/throws', '/rejects']) {
    const answers = await raw(post(path), post(path), last)
    expect([path, answers.match(/HTTP\/1.1 \d+/g)?.length]).toEqual([path, 3])
    expect(answers.endsWith('plain – π')).toBe(true)
  }
})

it('answers a client that closes after sending, however late the body was wanted', async () => {
  await serve()
  const answer = await raw(
    head(`POST /refuses HTTP/1.1
    Host: localhost
    Connection: close
    Content-Length: 5000000`),
    Buffer.alloc(5_000_000),
  )
  expect(answer).toMatch(/^HTTP\/1.1 401 /)
})

it('survives a reader that meets a body cut short', async () => {
  await serve()
  for (const path of ['/count', '/echo', '/first-chunk', '/refuses', '/text', '/throws'])
    await sendAndLeave(
      head(`POST ${path} HTTP/1.1
      Host: localhost
      Content-Length: 1000`),
      'only this',
    )
  expect(await raw(head(`GET /text HTTP/1.0`))).toContain('plain – π')
})

it('sends 500 instead of headers that cannot be sent', async () => {
  await serve()
  expect(await raw(head('GET /bad-header HTTP/1.0'))).toMatch(/^HTTP\/1.1 500 /)
  expect(errors).toMatchObject([{ code: 'ERR_INVALID_CHAR' }])
})

it('refuses headers beyond its limit', async () => {
  await serve()
  expect(await raw(`GET /text HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 431 /,
  )
})

it('does not cut off long uploads', async () => {
  await serve()
  expect(server).toMatchObject({
    requestTimeout: 0,
    headersTimeout: 60_000,
    keepAliveTimeout: 75_000,
    timeout: 600_000,
  })
})

it('still answers after anything that was sent to it', async () => {
  await serve()
  const pieces = fc.constantFrom(
    'GET ',
    'POST ',
    '/echo',
    '/count',
    '/%',
    '/\u00ff',
    ' HTTP/1.1',
    '\r\n',
    '\n',
    'Host: localhost\r\n',
    'Content-Length: 5\r\n',
    'Content-Length: -1\r\n',
    'Transfer-Encoding: chunked\r\n',
    '\r\n\r\n',
    '5\r\nhello\r\n',
    '0\r\n\r\n',
    'ffffffffff\r\n',
    '\0',
    'Expect: 100-continue\r\n',
    'Upgrade: h2c\r\nConnection: upgrade\r\n',
    'CONNECT x:1 HTTP/1.1\r\n',
    'http://[/',
    '*',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 14 }), async (sent) => {
      await sendAndLeave(...sent.map((piece) => Buffer.from(piece, 'latin1')))
    }),
    { numRuns: 150 },
  )
  expect(await raw(head('GET /text HTTP/1.0'))).toContain('plain – π')
})
