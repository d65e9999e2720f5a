import { once } from 'node:events'
import { connect } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TimeoutError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aServer, sendJson } from '../test-support/server.ts'
import { OVER, type Over } from '../test-support/tls-front.ts'
import { createHttpUploads } from './http-uploads.ts'
import type { TransferBody } from './transport.ts'
import {
  createUndiciTransport,
  type TransferTimeouts,
  type UndiciTransportOptions,
} from './undici-transport.ts'

// More than the system's buffers take at once.
const BYTES = Buffer.alloc(24 * 1024 * 1024, 7)
/** All of it takes so many times as long as nothing of it may be taken. */
const TIMES = 4
const SEND_MS = 100
/** For machines that stand still now and then. */
const LONGEST_SEND_MS = 1_600

/** A platform at the other end of a line that takes `TIMES` times `sendMs` for `BYTES`, and that long for no piece. */
async function aSlowPlatform(over: Over, sendMs: number) {
  const bytesEachMs = BYTES.byteLength / (TIMES * sendMs)
  const state = { taken: 0 }
  const began = performance.now()
  const server = await aServer(async (request, response) => {
    for await (const piece of request) {
      state.taken += (piece as Buffer).byteLength
      const early = state.taken / bytesEachMs - (performance.now() - began)
      if (early > 1) await pause(early)
    }
    sendJson(response, 201, { id: 'x' })
  }, over)
  return Object.assign(server, { state, tookMs: () => performance.now() - began })
}

/** Sends something within `sendMs` for a piece: a process that stood still meanwhile says nothing, and has more time. */
async function unlessStoodStill(send: (sendMs: number) => Promise<void>, sendMs = SEND_MS): Promise<void> {
  const delays = monitorEventLoopDelay({ resolution: 5 })
  delays.enable()
  try {
    return await send(sendMs)
  } catch (error) {
    const hasStood = delays.max / 1e6 > sendMs / 3
    if (!(error instanceof TimeoutError && hasStood) || sendMs >= LONGEST_SEND_MS) throw error
  } finally {
    delays.disable()
  }
  return unlessStoodStill(send, 2 * sendMs)
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
  it.each([
    ['', createHttpUploads],
    [', by the way of proxies too', createUndiciTransport],
  ] as const)('goes on for as long as some of it is taken, however much comes at once%s', (_, transport) =>
    unlessStoodStill(async (sendMs) => {
      await using server = await aSlowPlatform(over, sendMs)
      const uploads = transport(optionsFor(server.url, { sendMs }))
      const headers = { 'Content-Length': String(BYTES.byteLength) }
      const answer = await uploads.send({ method: 'POST', path: '/', headers, body: aBody(BYTES) })
      expect([answer.status, server.state.taken]).toEqual([201, BYTES.byteLength])
      expect(server.tookMs()).toBeGreaterThan((TIMES / 2) * sendMs)
      await answer.text()
      await uploads.close()
    }),
  )

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
    const body = aBody(Buffer.from('abc'))
    const failure = await failureOf(uploads.send({ method: 'POST', path: '/', headers: {}, body }))
    expect(failure).toMatchObject({ name: 'TimeoutError', phase: 'headers', timeoutMs: 60 })
    await uploads.close()
  })

  it('waits for a source longer than for an idle connection to be used again', async () => {
    await using server = await aServer(async (request, response) => {
      for await (const _piece of request);
      sendJson(response, 201, {})
    }, over)
    const keepAliveMs = 20
    const uploads = createHttpUploads(optionsFor(server.url, {}), keepAliveMs)
    const body = aBody(Buffer.from('abc'), async () => {
      const idle = connect(Number(new URL(server.url).port), '127.0.0.1').setTimeout(2 * keepAliveMs)
      await once(idle, 'timeout')
      idle.destroy()
    })
    const answer = await uploads.send({ method: 'POST', path: '/', headers: {}, body })
    expect(answer.status).toBe(201)
    await uploads.close()
  })
})

/** A body in one piece, before which it may wait. */
const aBody = (bytes: Buffer, before = async () => {}): TransferBody => ({
  size: bytes.byteLength,
  async *chunks() {
    await before()
    yield bytes
  },
})
