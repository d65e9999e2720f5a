import type { ReadOptions } from '../domain/file-store.ts'
import type { Trace } from './trace.ts'

/** One HTTP request as plain values, whichever transport it came by. */
export interface ExchangeRequest {
  readonly method: string
  /** Path and query as sent, e.g. `/api/v2/jobs/?page=2`. */
  readonly target: string
  /** Scheme and authority that the client used, e.g. `http://127.0.0.1:8080`. Links in answers begin with it. */
  readonly origin: string
  /** Names in lower case, as node:http gives them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: AsyncIterable<Uint8Array> | null
  /** Filled in on the way, for whoever keeps account of requests. */
  readonly trace?: Trace | undefined
  /** Aborted when the client leaves before its answer is all sent. A function, since hardly anybody asks for it. */
  readonly signal?: (() => AbortSignal) | undefined
}

/** Bytes whose number is known before they are read. Read at most once. */
export interface ByteStream {
  readonly size: number
  /** Of streams with the same name all bytes are the same. */
  readonly name?: string
  read(options?: ReadOptions): AsyncIterable<Uint8Array>
}

/**
 * Bytes of which nobody knows how many there will be, such as events. Each chunk is sent as it comes. Whoever waits in
 * it must end with the request's `signal`.
 */
export interface OpenStream {
  readonly size: null
  read(options?: ReadOptions): AsyncIterable<Uint8Array>
}

/** One HTTP answer as plain values. `Content-Length` is the transport's business, and follows from the body. */
export interface ExchangeAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Text is UTF-8. Null has no body at all (204, 301 …). */
  readonly body: string | Uint8Array | ByteStream | OpenStream | null
  /** What goes wrong on its way, because a test planned it. */
  readonly mishap?: Mishap
}

/** What a transport is to do wrong with an answer, as far as it can. */
export interface Mishap {
  /** What `Content-Length` says instead of the truth. The connection ends after the body. */
  readonly contentLength?: number
  /** The connection is reset when the next request comes by it. */
  readonly nextRequest?: 'reset'
}

/** One request's way through the mock. Answers at once where nothing has to be waited for. */
export type Exchange = (request: ExchangeRequest) => ExchangeAnswer | Promise<ExchangeAnswer>

/** Thrown instead of an answer, or in the middle of its body, when the connection is to be reset on purpose. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError'

  constructor() {
    super('a planned fault resets the connection')
  }
}

/** Thrown by a request's body when the client went away before it was all there. Nobody's fault, so not to be reported. */
export class RequestAbortedError extends Error {
  override readonly name = 'RequestAbortedError'
}
