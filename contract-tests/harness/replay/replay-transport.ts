import { BodyTap } from '../body-tap.ts'
import { multipartReader, type SeenPart } from '../recording/multipart-parts.ts'
import type { Caller, SeenRequest } from '../seen-exchange.ts'
import { bytesOf, headerOf, oneChunk, type Transport, type WireRequest } from '../transport.ts'
import { RecordedFailure, type RenderedAnswer, renderAnswer } from './render.ts'
import type { Replay } from './replay.ts'

/** Uploads that may be downloaded again within one replay are kept up to this many bytes together. */
export const SUPPLIED_BYTES = 64 * 1024 * 1024

export type CallerOf = (authorization: string | undefined) => Caller

/** Any key is the owner's, whatever it is. */
export const anybody: CallerOf = (authorization) => (authorization === undefined ? 'nobody' : 'owner')

/** Answers from a recording; no request leaves the process. Rejects with MissError where nothing was recorded. */
export function replayTransport(replay: Replay, origin: string, callerOf: CallerOf): Transport {
  const answering = new Answering(replay, origin, callerOf)
  return async (request) => {
    request.signal?.throwIfAborted()
    const answer = await answering.answer(request)
    return {
      status: answer.status,
      headers: answer.headers,
      body: oneChunk(answer.body),
    }
  }
}

/** Finds and renders answers, for any front end. */
export class Answering {
  readonly #replay: Replay
  readonly #origin: string
  readonly #callerOf: CallerOf
  readonly #supplied = new Map<string, Uint8Array>()
  #suppliedBytes = 0

  constructor(replay: Replay, origin: string, callerOf: CallerOf) {
    this.#replay = replay
    this.#origin = origin
    this.#callerOf = callerOf
  }

  /** Rejects with MissError, or with RecordedFailure where the recorded request got no answer. */
  async answer(request: WireRequest): Promise<RenderedAnswer> {
    const { seen, parts } = await this.#read(request)
    const caller = this.#callerOf(headerOf(request.headers, 'authorization'))
    const { response } = this.#replay.match(seen, caller, parts)
    if ('failure' in response) throw new RecordedFailure(response.failure)
    return renderAnswer(response, {
      names: this.#replay.names,
      origin: this.#origin,
      supplied: (sha256) => this.#supplied.get(sha256),
    })
  }

  async #read({
    method,
    url,
    headers,
    body,
  }: WireRequest): Promise<{ seen: SeenRequest; parts?: readonly SeenPart[] }> {
    const contentType = headerOf(headers, 'content-type')
    const bytes = body === null ? new Uint8Array() : body instanceof Uint8Array ? body : await bytesOf(body)
    const tap = new BodyTap(contentType)
    tap.whole(bytes)
    const seen = { method, url, headers, body: tap.seen() }
    const reader = body === null ? undefined : multipartReader(contentType)
    if (!reader) return { seen }
    reader.feed(bytes)
    const parts = reader.parts()
    for (const part of parts) this.#supply(part, bytes)
    return { seen, parts }
  }

  #supply({ sha256, size, head }: SeenPart, body: Uint8Array): void {
    if (this.#suppliedBytes + size > SUPPLIED_BYTES) return
    const whole = head.length === size ? head : partWithin(body, head, size)
    if (!whole) return
    this.#suppliedBytes += size
    this.#supplied.set(sha256, whole)
  }
}

/** A part that was too large to be kept apart from the body it came in. */
function partWithin(body: Uint8Array, head: Uint8Array, size: number): Uint8Array | undefined {
  const at = Buffer.from(body.buffer, body.byteOffset, body.byteLength).indexOf(head)
  return at < 0 ? undefined : body.slice(at, at + size)
}
