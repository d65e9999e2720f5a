import type { RequestContext } from '../errors.ts'
import type { AttemptHistory } from './attempt-history.ts'

/** A request or answer whose body may be of any size. */
export interface TransferRequest {
  readonly method: 'GET' | 'POST'
  /** From the platform's root, with its slash at the end. */
  readonly path: string
  /** Made for this one request and never shared: a `Range` must not reach another. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: TransferBody | undefined
  /** Where each sending of it is noted down. */
  readonly history?: AttemptHistory | undefined
  readonly signal?: AbortSignal | undefined
}

/** A body of known length: the platform does not take chunked uploads (api-facts 1.4). */
export interface TransferBody {
  readonly size: number
  /** Pieces that belong to the taker, unless `reuse` allows to overwrite each once the next is asked for. */
  chunks(options?: { reuse?: boolean }): AsyncIterable<Uint8Array>
}

/** The head of an answer, and its body for the taking. One of `pump`, `text` and `discard` must be called. */
export interface TransferAnswer {
  readonly request: RequestContext
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Hands over the body piece by piece, and waits while `write` promises. Resolves at the body's end. */
  pump(write: (chunk: Uint8Array) => void | Promise<void>): Promise<void>
  /**
   * Tells that a chunk is not needed any more, so that its memory may be filled again. Whoever does not call it may
   * keep what it got.
   */
  giveBack?(chunk: Uint8Array): void
  /** The body as text, cut off where it becomes absurdly long. */
  text(): Promise<string>
  /** Gives the rest of the body up, and the connection with it. */
  discard(): void
}

/** What transfers are sent through. */
export interface Transport {
  send(request: TransferRequest): Promise<TransferAnswer>
  close(): Promise<void>
}

const MAX_TEXT_BYTES = 1024 * 1024

/** Collects a body as text by way of `pump`. */
export async function pumpText(answer: Pick<TransferAnswer, 'pump'>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  await answer.pump((chunk) => {
    size += chunk.byteLength
    if (size <= MAX_TEXT_BYTES) chunks.push(chunk)
  })
  return Buffer.concat(chunks).toString('utf8')
}
