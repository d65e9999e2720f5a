import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TimeoutError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aServer, sendJson } from '../test-support/server.ts'
import { OVER, type Over } from '../test-support/tls-front.ts'
import { createHttpUploads } from './http-uploads.ts'
import {
  createUndiciTransport,
  type TransferTimeouts,
  type UndiciTransportOptions,
} from './undici-transport.ts'

// More than the system's buffers take at once.
const BYTES = Buffer.alloc(48 * 1024 * 1024, 7)
// A test process that shares two cores with others stands still for a while now and then; never for that long.
const SEND_MS = 600
// Of the line: it takes several times `SEND_MS` for all of it, and never that long for a piece.
const BYTES_EACH_MS = 32_000

/** A platform at the other end of such a line. */
async function aSlowPlatform(over: Over) {
  const state = { taken: 0 }
  const began = performance.now()
  const server = await aServer(async (request, response) => {
    for await (const piece of request) {
      state.taken += (piece as Buffer).byteLength
      const early = state.taken / BYTES_EACH_MS - (performance.now() - began)
      if (early > 1) await pause(early)
    }
    sendJson(response, 201, { id: 'x' })
  }, over)
  return Object.assign(server, { state, tookMs: () => performance.now() - began })
}

const optionsFor = (url: string, timeouts: Partial<TransferTimeouts>): UndiciTransportOptions => ({
  baseUrl: url,
  headersFor: ({ headers }) => ({ ...headers }),
  contextOf: ({ method, path }) => ({ method, url: url + path, requestId: '1' }),
  timeouts: {
    connectMs: 5_000,
    sendMs: 5_000,
    headersMs: 5_000,
    uploadAnswerMs: 5_000,
    bodyMs: 5_000,
    ...timeouts,
  },
})

describe.each(OVER)('an upload over %s', (over) => {
  it('goes on for as long as some of it is taken', async () => {
    await using server = await aSlowPlatform(over)
    await using client = aClient(server.url, { timeouts: { sendMs: SEND_MS } })
    expect(await client.files.upload(BYTES, { name: 'x' })).toMatchObject({ id: 'x' })
    expect(server.state.taken).toBeGreaterThan(BYTES.byteLength)
    expect(server.tookMs()).toBeGreaterThan(2 * SEND_MS)
  })

  it('goes on so by the way of proxies too, whatever its source hands over at once', async () => {
    await using server = await aSlowPlatform(over)
    const undici = createUndiciTransport(optionsFor(server.url, { sendMs: SEND_MS }))
    const body = {
      size: BYTES.byteLength,
      async *chunks() {
        yield BYTES
      },
    }
    const headers = { 'Content-Length': String(BYTES.byteLength) }
    const answer = await undici.send({ method: 'POST', path: '/', headers, body })
    expect([answer.status, server.state.taken]).toEqual([201, BYTES.byteLength])
    expect(server.tookMs()).toBeGreaterThan(2 * SEND_MS)
    await answer.text()
    await undici.close()
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
    const uploads = createHttpUploads(optionsFor(server.url, { uploadAnswerMs: 60 }))
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
