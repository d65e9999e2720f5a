import type { Scope } from './scopes.ts'

/** One sending of a request, and what came of it. */
export interface Attempt {
  /** The first is 1. */
  readonly number: number
  /** Milliseconds since the epoch, by the client's clock. */
  readonly startedAt: number
  readonly durationMs: number
  /** The answer's status, if there was an answer. */
  readonly status?: number | undefined
  /** Otherwise what went wrong, such as `ConnectError ECONNRESET` or `TimeoutError headers`. */
  readonly failure?: string | undefined
  /** The server's own id of the request, where it tells one. */
  readonly serverRequestId?: string | undefined
}

/** The request an error belongs to. The URL is without user info; the key is never part of it. */
export interface RequestContext {
  readonly method: string
  readonly url: string
  /** Our own id of the request, the same for every attempt, also sent as `X-Client-Request-Id`. */
  readonly requestId: string
  readonly scope?: Scope | undefined
  /** The proxy that it goes through, as it may be shown. */
  readonly proxy?: string | undefined
  readonly attempts?: readonly Attempt[] | undefined
}
