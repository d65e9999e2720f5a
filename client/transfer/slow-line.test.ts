import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TimeoutError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aServer, sendJson } from '../test-support/server.ts'
import { OVER } from '../test-support/tls-front.ts'
import { createHttpUploads } from './http-uploads.ts'

// More than the system's buffers take at once.
const BYTES = Buffer.alloc(48 * 1024 * 1024, 7)
const SEND_MS = 150
// Of the line: it takes several times `SEND_MS` for all of it, and never that long for a piece.
const BYTES_EACH_MS = 64_000

describe.each(OVER)('an upload over %s', (over) => {
  it('goes on for as long as some of it is taken', async () => {
    let taken = 0
    const began = performance.now()
    await using server = await aServer(async (request, response) => {
      for await (const piece of request) {
        taken += (piece as Buffer).byteLength
        const early = taken / BYTES_EACH_MS - (performance.now() - began)
        if (early > 1) await pause(early)
      }
      sendJson(response, 201, { id: 'x' })
    }, over)
    await using client = aClient(server.url, { timeouts: { sendMs: SEND_MS } })
    expect(await client.files.upload(BYTES, { name: 'x' })).toMatchObject({ id: 'x' })
    expect(taken).toBeGreaterThan(BYTES.byteLength)
    expect(performance.now() - began).toBeGreaterThan(2 * SEND_MS)
  })

  it('is given up when nothing more of it is taken', async () => {
    await using server = await aServer((request) => void request.pause(), over)
    await using client = aClient(server.url, { timeouts: { sendMs: SEND_MS } })
    const failure = await failureOf(client.files.upload(BYTES, { name: 'x' }))
    expect(failure).toBeInstanceOf(TimeoutError)
    expect(failure).toMatchObject({ phase: 'send', timeoutMs: SEND_MS })
  })

  it('waits for the answer for the time of an answer, not of sending', async () => {
    await using server = await aServer((request) => void request.resume(), over)
    const uploads = createHttpUploads({
      baseUrl: server.url,
      headersFor: () => ({}),
      contextOf: ({ method, path }) => ({ method, url: server.url + path, requestId: '1' }),
      timeouts: { connectMs: 5_000, sendMs: 5_000, headersMs: 5_000, uploadAnswerMs: 60, bodyMs: 5_000 },
    })
    const body = {
      size: 3,
      async *chunks() {
        yield Buffer.from('abc')
      },
    }
    const failure = await failureOf(uploads.send({ method: 'POST', path: '/', headers: {}, body }))
    expect(failure).toMatchObject({ name: 'TimeoutError', phase: 'headers', timeoutMs: 60 })
    await uploads.close()
  })
})
