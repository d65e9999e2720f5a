import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { sha512, someBytes } from '../test-support/files.ts'
import { aServer } from '../test-support/server.ts'
import { OVER, type Over } from '../test-support/tls-front.ts'
import { createFetchTransport } from './fetch-transport.ts'
import { createSocketDownloads } from './socket-downloads.ts'
import type { Transport } from './transport.ts'
import { createUndiciTransport, type UndiciTransportOptions } from './undici-transport.ts'

const TRANSPORTS: Record<string, (options: UndiciTransportOptions) => Transport> = {
  'sockets of our own': (options) => createSocketDownloads(options, createUndiciTransport(options)),
  undici: createUndiciTransport,
  fetch: (options) => createFetchTransport({ ...options, fetch }),
}
const CASES = Object.keys(TRANSPORTS).flatMap((by) => OVER.map((over) => ({ by, over })))

const BYTES = someBytes(700_001)
const TIMEOUTS = { connectMs: 5_000, sendMs: 5_000, headersMs: 5_000, uploadAnswerMs: 5_000, bodyMs: 5_000 }
// Longer than what one reading of a socket brings, of which TLS makes several pieces.
const TURNS = 20

/** An answer of known length, its head read and nothing of its body taken. */
async function anAnswer(by: string, over: Over) {
  const server = await aServer((_, response) => {
    response.setHeader('Content-Length', BYTES.byteLength).end(BYTES)
  }, over)
  const transport = TRANSPORTS[by]?.({
    baseUrl: server.url,
    headersFor: () => ({}),
    contextOf: ({ method, path }) => ({ method, url: server.url + path, requestId: '1' }),
    timeouts: TIMEOUTS,
  })
  if (!transport) throw new Error(`no transport ${by}`)
  const answer = await transport.send({ method: 'GET', path: '/', headers: {} })
  return {
    answer,
    async [Symbol.asyncDispose]() {
      await transport.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

const turns = async () => {
  for (let turn = 0; turn < TURNS; turn++) await setImmediate()
}

describe.each(CASES)('a body by $by over $over', ({ by, over }) => {
  it('is handed over piece by piece, each when the last was taken, and ends when its last was', async () => {
    await using exchange = await anAnswer(by, over)
    const chunks: Uint8Array[] = []
    let taking = 0
    await exchange.answer.pump(async (chunk) => {
      expect(++taking).toBe(1)
      await turns()
      chunks.push(Uint8Array.from(chunk))
      taking--
    })
    expect(taking).toBe(0)
    expect(sha512(Buffer.concat(chunks))).toBe(sha512(BYTES))
  })

  it('waits whole for whoever begins late to take it', async () => {
    await using exchange = await anAnswer(by, over)
    await turns()
    const chunks: Uint8Array[] = []
    await exchange.answer.pump((chunk) => void chunks.push(Uint8Array.from(chunk)))
    expect(sha512(Buffer.concat(chunks))).toBe(sha512(BYTES))
  })

  it('is over with the error of whoever takes it, be it over its last piece', async () => {
    await using exchange = await anAnswer(by, over)
    let taken = 0
    const taking = exchange.answer.pump(async (chunk) => {
      taken += chunk.byteLength
      await turns()
      if (taken === BYTES.byteLength) throw new Error('the disk is full')
    })
    await expect(taking).rejects.toThrow('the disk is full')
  })
})
