import {
  ConnectionLostError,
  type Exchange,
  type ExchangeRequest,
  RequestAbortedError,
} from '../exchange/http.ts'
import { fetchBody } from './fetch-body.ts'
import { connectionReset, fetchFailed } from './fetch-failures.ts'
import { fetchResponse } from './fetch-response.ts'
import { internalError } from './internal-error.ts'

export interface FetchOptions {
  /** Links in answers begin with this instead of the request's own origin. */
  readonly publicUrl?: string
  /** Hears of errors that are our own fault: what the exchange threw, or a body that failed half-way. */
  readonly onError?: (error: unknown) => void
  /** The client's own signal, where it is known apart from the request. */
  readonly signal?: AbortSignal | undefined
}

/** One Fetch request's way through the exchange. Rejects only when the client's own body or signal ends it, or a
 * planned fault the connection. */
export async function exchangeFetch(
  exchange: Exchange,
  request: Request,
  { publicUrl, onError = () => undefined, signal = request.signal }: FetchOptions,
): Promise<Response> {
  signal.throwIfAborted()
  const leaving = new Leaving(signal)
  const asked = exchangeRequest(request, leaving, publicUrl?.replace(/\/+$/, ''))
  const answer = await unlessAborted(signal, answerTo(exchange, asked, onError))
  return fetchResponse(answer, { request, signal, onError, onCancel: () => leaving.leave() })
}

/** Tells the exchange that the client leaves: it aborts, or cancels the body of the answer. */
class Leaving {
  readonly client: AbortSignal
  #controller: AbortController | undefined

  constructor(client: AbortSignal) {
    this.client = client
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      if (this.client.aborted) this.leave()
      else this.client.addEventListener('abort', () => this.leave(), { once: true })
    }
    return this.#controller.signal
  }

  leave(): void {
    this.#controller?.abort()
  }
}

async function answerTo(exchange: Exchange, request: ExchangeRequest, onError: (error: unknown) => void) {
  try {
    return await exchange(request)
  } catch (error) {
    if (error instanceof RequestAbortedError) throw error.cause ?? error
    if (error instanceof ConnectionLostError) throw fetchFailed(connectionReset())
    onError(error)
    return internalError
  }
}

function exchangeRequest(request: Request, leaving: Leaving, publicUrl: string | undefined): ExchangeRequest {
  const { origin, host, pathname, search } = new URL(request.url)
  return {
    method: request.method,
    target: pathname + search,
    origin: publicUrl ?? origin,
    headers: { host, ...Object.fromEntries(request.headers) },
    body: request.body === null ? null : fetchBody(request, leaving.client),
    signal: () => leaving.signal,
  }
}

async function unlessAborted<Value>(signal: AbortSignal, value: Promise<Value>): Promise<Value> {
  const { promise, reject } = deferred()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([value, promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function deferred(): { promise: Promise<never>; reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => undefined
  const promise = new Promise<never>((_, fail) => {
    reject = fail
  })
  return { promise, reject }
}
