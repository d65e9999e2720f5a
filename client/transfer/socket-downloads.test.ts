import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { ForbiddenError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, askedRange, serveBytes, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { aServer } from '../test-support/server.ts'

const BYTES = someBytes(900_001)
const OPTIONS = { connections: 3, minRangeBytes: 64 * 1024 }

/** A server that remembers over which connections it was asked. */
async function aRememberingServer(handler: RequestListener) {
  const sockets: Socket[] = []
  const server = await aServer((request, response) => {
    sockets.push(request.socket)
    handler(request, response)
  })
  return Object.assign(server, { sockets })
}

const good: RequestListener = (request, response) => serveBytes(BYTES, request, response)

it('asks again over connections that it has', async () => {
  await using folder = await aFolder()
  await using server = await aRememberingServer(good)
  await using client = aClient(server.url)
  await client.files.download(aFile(BYTES), { to: folder.in('x'), ...OPTIONS })
  expect(server.sockets.length).toBeGreaterThan(5)
  expect(new Set(server.sockets).size).toBeLessThanOrEqual(3)
})

it('makes a new connection where a kept one was closed meanwhile, without counting that as a failure', async () => {
  await using folder = await aFolder()
  await using server = await aRememberingServer(good)
  await using client = aClient(server.url)
  const retried: unknown[] = []
  const download = () =>
    client.files.download(aFile(BYTES), {
      to: folder.in('x'),
      connections: 1,
      onEvent: ({ type, error }) => type === 'retrying' && retried.push(error),
    })
  await download()
  const closed = server.sockets.map((socket) => once(socket, 'close'))
  for (const socket of server.sockets) socket.destroy()
  await Promise.all(closed)
  expect((await download()).verified).toBe(true)
  expect(new Set(server.sockets).size).toBe(2)
  expect(retried).toEqual([])
})

it('takes files in chunks too, by way of undici, which it then stays with', async () => {
  await using folder = await aFolder()
  await using server = await aRememberingServer((request, response) => {
    const { start, end } = askedRange(request) ?? { start: 0, end: BYTES.byteLength - 1 }
    response.writeHead(206, { 'Content-Range': `bytes ${start}-${end}/${BYTES.byteLength}` })
    response.write(BYTES.subarray(start, start + 10))
    response.end(BYTES.subarray(start + 10, end + 1))
  })
  await using client = aClient(server.url)
  const done = await client.files.download(aFile(BYTES), { to: folder.in('x'), ...OPTIONS })
  expect(done.verified).toBe(true)
  const ranges = server.seen.map(({ headers }) => headers.range)
  expect(ranges.length - new Set(ranges).size).toBe(1)
})

it('reads a refusal that comes in chunks, and asks once', async () => {
  await using folder = await aFolder()
  await using server = await aServer((_, response) => {
    response.writeHead(403, { 'Content-Type': 'application/json' }).write('{"detail": "Not ')
    response.end('yours."}')
  })
  await using client = aClient(server.url)
  const failure = await failureOf(client.files.download(aFile(BYTES), { to: folder.in('x') }))
  expect(failure).toBeInstanceOf(ForbiddenError)
  expect(failure).toMatchObject({ detail: 'Not yours.' })
  expect(server.seen).toHaveLength(1)
})

it.each([1, 7, 4096])('reads an answer however it is cut into pieces of %i bytes', async (piece) => {
  const bytes = BYTES.subarray(0, 5_000)
  const answer = Buffer.concat([
    Buffer.from(
      `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: ${bytes.byteLength}\r\n\r\n`,
    ),
    bytes,
  ])
  const server = createServer((socket) => {
    socket.setNoDelay(true).once('data', async () => {
      for (let at = 0; at < answer.byteLength; at += piece) {
        await new Promise((sent) => socket.write(answer.subarray(at, at + piece), sent))
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const client = aClient(`http://127.0.0.1:${port}`)
  const chunks: Uint8Array[] = []
  const { verified } = await client.files.download(aFile(bytes), { sink: (chunk) => void chunks.push(chunk) })
  expect(verified).toBe(true)
  expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
  await client.close()
  server.close()
})
