import type { ReadOptions } from '../domain/file-store.ts'
import type { ByteStream, ExchangeAnswer } from '../exchange/http.ts'
import { ConnectionLostError } from '../exchange/http.ts'
import type { SingleFault } from './fault.ts'
import type { Spoiled } from './spoilers.ts'

type Kind<Name extends SingleFault['kind']> = Extract<SingleFault, { kind: Name }>

/** Where nobody says how large the pieces of a body are that come one by one. */
const DEFAULT_PIECE_BYTES = 1024

/** Lets the head of an answer be sent before any byte of its body. */
const headAlone = new Uint8Array()

/** Only so many bytes of the body. */
export function cutBody(
  answer: ExchangeAnswer,
  { afterBytes, contentLength = 'lying' }: Kind<'cut'>,
): Spoiled {
  const body = streamOf(answer)
  if (!body || (afterBytes >= body.size && typeof contentLength !== 'number')) return null
  const size = Math.min(afterBytes, body.size)
  const cut: ByteStream = { size, read: (options) => firstBytes(body, size, options) }
  const told = contentLength === 'lying' ? body.size : contentLength
  const effect = `cut the body of ${body.size} bytes after ${size}, Content-Length ${told}`
  if (told === 'honest') return { answer: { ...answer, body: cut }, effect }
  return { answer: { ...answer, body: cut, mishap: { contentLength: told } }, effect }
}

/** The connection is reset after so many bytes of the body, or half of it. */
export function resetBody(answer: ExchangeAnswer, afterBytes: number | undefined): Spoiled {
  const body = streamOf(answer)
  if (!body) return null
  const size = Math.min(afterBytes ?? body.size >> 1, body.size)
  async function* read(options?: ReadOptions) {
    if (body) yield* firstBytes(body, size, options)
    if (size === 0) yield headAlone
    throw new ConnectionLostError()
  }
  const effect = `reset the connection after ${size} of ${body.size} bytes`
  return { answer: { ...answer, body: { size: body.size, read } }, effect }
}

/** Waits in the middle of the body, or between its pieces. */
export function delayedBody(
  answer: ExchangeAnswer,
  fault: Kind<'delay'>,
  wait: () => Promise<void>,
): Spoiled {
  const body = streamOf(answer)
  if (!body) return null
  const first = Math.min(fault.afterBytes ?? body.size >> 1, body.size)
  const every = fault.everyBytes ?? DEFAULT_PIECE_BYTES
  const until = (offset: number) =>
    fault.when === 'during' ? (offset < first ? first : body.size) : offset + every - (offset % every)
  async function* read(options?: ReadOptions) {
    let offset = 0
    if (fault.when === 'during' && first === 0) {
      yield headAlone
      await wait()
    }
    for await (const piece of piecesOf(body?.read(options) ?? [], until)) {
      yield piece
      offset += piece.length
      const isBoundary = fault.when === 'during' ? offset === first : offset % every === 0
      if (isBoundary && offset < (body?.size ?? 0)) await wait()
    }
  }
  const where = fault.when === 'during' ? `after ${first} bytes` : `after every ${every} bytes`
  return { answer: { ...answer, body: { size: body.size, read } }, effect: `waited ${fault.for} ${where}` }
}

/** Turns over the byte at an offset of the whole file or text, of which the answer may be a range. */
export function flippedByte(answer: ExchangeAnswer, offset: number): Spoiled {
  const body = streamOf(answer)
  const place = offset - firstByteOf(answer)
  if (!body || place < 0 || place >= body.size) return null
  async function* read(options?: ReadOptions) {
    let begin = 0
    for await (const chunk of body?.read(options) ?? []) {
      yield flippedIn(chunk, place - begin)
      begin += chunk.length
    }
  }
  return { answer: { ...answer, body: { size: body.size, read } }, effect: `flipped the byte at ${offset}` }
}

// The chunk may be the store's own, and lent.
function flippedIn(chunk: Uint8Array, place: number): Uint8Array {
  if (place < 0 || place >= chunk.length) return chunk
  const spoilt = Uint8Array.from(chunk)
  spoilt[place] = (spoilt[place] ?? 0) ^ 0xff
  return spoilt
}

const firstByteOf = ({ headers }: ExchangeAnswer): number =>
  Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? 0)

/** The body as a stream; null where there is none, or none of known length. */
function streamOf({ body }: ExchangeAnswer): ByteStream | null {
  if (body === null) return null
  if (typeof body === 'object' && 'read' in body) return body.size === null ? null : body
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  async function* read() {
    yield bytes
  }
  return { size: bytes.length, read }
}

async function* firstBytes(
  body: ByteStream,
  size: number,
  options?: ReadOptions,
): AsyncGenerator<Uint8Array> {
  let left = size
  if (left === 0) return
  for await (const chunk of body.read(options)) {
    yield chunk.length > left ? chunk.subarray(0, left) : chunk
    left -= chunk.length
    if (left <= 0) return
  }
}

/** The same bytes in pieces that cross none of the boundaries; `until` gives the next one after an offset. */
async function* piecesOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  until: (offset: number) => number,
): AsyncGenerator<Uint8Array> {
  let offset = 0
  for await (const chunk of chunks) {
    for (let begin = 0; begin < chunk.length; ) {
      const length = Math.min(chunk.length - begin, Math.max(1, until(offset) - offset))
      yield chunk.subarray(begin, begin + length)
      begin += length
      offset += length
    }
  }
}
