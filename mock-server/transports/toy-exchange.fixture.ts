import { EventEmitter, once } from 'node:events'
import {
  type ByteStream,
  ConnectionLostError,
  type Exchange,
  type ExchangeAnswer,
  type OpenStream,
} from '../exchange/http.ts'

/** What a toy exchange was asked to do and what became of its streams. */
export interface Toy {
  readonly exchange: Exchange
  /** Streams that were begun and are neither read to their end nor let go of. */
  openStreams: number
  /** Chunks that streams gave out. */
  chunks: number
  /** Resolves when the next stream is read to its end or let go of. */
  released(): Promise<void>
  /** Resolves when the first bytes of a counted body came in. */
  bodyBegun(): Promise<void>
  /** Resolves with what the body of the next request that is not read to its end failed with. */
  bodyFailed(): Promise<unknown>
}

const KiB = 1 << 10
const text = { 'content-type': 'text/plain' }
const binary = { 'content-type': 'application/octet-stream' }

/** Bytes that differ from chunk to chunk. */
export const toyChunk = (index: number, size = 64 * KiB): Buffer => Buffer.alloc(size, String(index % 10))

/** An exchange with one path for every kind of answer that a transport has to carry. */
export function aToy(): Toy {
  const events = new EventEmitter()
  const toy: Toy = {
    exchange: (request) => answer(request),
    openStreams: 0,
    chunks: 0,
    released: async () => void (await once(events, 'released')),
    bodyBegun: async () => void (await once(events, 'body begun')),
    bodyFailed: async () => (await once(events, 'body failed'))[0],
  }

  const stream = (size: number, chunks: () => AsyncGenerator<Uint8Array>): ByteStream => ({
    size,
    async *read() {
      toy.openStreams += 1
      try {
        for await (const chunk of chunks()) {
          toy.chunks += 1
          yield chunk
        }
      } finally {
        toy.openStreams -= 1
        events.emit('released')
      }
    },
  })
  async function* counted(count: number, size?: number): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < count; index += 1) yield toyChunk(index, size)
  }
  async function* losing(): AsyncGenerator<Uint8Array> {
    yield toyChunk(0)
    throw new ConnectionLostError()
  }
  const openStream = (chunks: () => AsyncGenerator<Uint8Array>): OpenStream => ({
    size: null,
    read: () => stream(0, chunks).read(),
  })
  /** One event, and then none as long as the client stays. */
  const waiting = (signal: AbortSignal | undefined): OpenStream =>
    openStream(async function* () {
      yield toyChunk(1, 5)
      if (signal && !signal.aborted) await once(signal, 'abort')
    })
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield toyChunk(0)
    throw new Error('the disk is gone')
  }

  const answers: Record<
    string,
    (request: Parameters<Exchange>[0]) => ExchangeAnswer | Promise<ExchangeAnswer>
  > = {
    '/text': () => ({ status: 200, headers: text, body: 'plain – π' }),
    '/later': async () => ({ status: 201, headers: { ...text, 'x-more': 'yes' }, body: 'later' }),
    '/bytes': () => ({ status: 200, headers: binary, body: Uint8Array.from(Array(256).keys()) }),
    '/empty': () => ({ status: 200, headers: text, body: '' }),
    '/empty-stream': () => ({ status: 200, headers: binary, body: stream(0, () => counted(0)) }),
    '/none': () => ({ status: 204, headers: {}, body: null }),
    '/unchanged': () => ({ status: 304, headers: { etag: '"x"' }, body: null }),
    '/moved': () => ({ status: 301, headers: { location: '/text' }, body: null }),
    '/range': () => ({
      status: 206,
      headers: { ...binary, 'content-range': 'bytes 0-9/20' },
      body: stream(10, () => counted(2, 5)),
    }),
    '/large': () => ({ status: 200, headers: binary, body: stream(100 * 64 * KiB, () => counted(100)) }),
    '/endless': () => ({ status: 200, headers: binary, body: stream(2 ** 40, () => counted(2 ** 24)) }),
    '/events': ({ signal }) => ({ status: 200, headers: text, body: waiting(signal?.()) }),
    '/few-events': () => ({ status: 200, headers: text, body: openStream(() => counted(3, 5)) }),
    '/lost': () => {
      throw new ConnectionLostError()
    },
    '/lost-midway': () => ({ status: 200, headers: binary, body: stream(128 * KiB, losing) }),
    '/too-short': () => ({
      status: 200,
      headers: binary,
      body: 'short',
      mishap: { contentLength: 9 },
    }),
    '/breaks': () => ({ status: 200, headers: binary, body: stream(128 * KiB, failing) }),
    '/short': () => ({ status: 200, headers: binary, body: stream(100, () => counted(1, 99)) }),
    '/long': () => ({ status: 200, headers: binary, body: stream(100, () => counted(2, 99)) }),
    '/throws': () => {
      throw new Error('secret of the inside')
    },
    '/rejects': () => Promise.reject(new Error('secret of the inside')),
    '/bad-header': () => ({ status: 200, headers: { 'x-bad': 'a\nb' }, body: '' }),
    '/refuses': async () => ({ status: 401, headers: text, body: 'no' }),
    '/refuses-at-once': () => ({ status: 401, headers: text, body: 'no' }),
    '/echo': async ({ method, target, origin, headers, body }) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of body ?? []) chunks.push(chunk)
      const seen = {
        method,
        target,
        origin,
        type: headers['content-type'],
        auth: headers.authorization,
        body: Buffer.concat(chunks).toString('base64'),
      }
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(seen) }
    },
    '/first-chunk': async ({ body }) => {
      for await (const chunk of body ?? [])
        return { status: 413, headers: text, body: `had ${chunk.length > 0}` }
      return { status: 200, headers: text, body: 'no body' }
    },
    '/count': async ({ body }) => {
      let bytes = 0
      try {
        for await (const chunk of body ?? []) {
          if (bytes === 0) events.emit('body begun')
          bytes += chunk.length
        }
      } catch (error) {
        events.emit('body failed', error)
        throw error
      }
      return { status: 200, headers: text, body: String(bytes) }
    },
  }

  const answer: Exchange = (request) => {
    const found = answers[request.target.replace(/\?.*$/, '')]
    return found?.(request) ?? { status: 404, headers: text, body: 'nothing here' }
  }
  return toy
}
