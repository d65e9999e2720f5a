import type { Clock } from '../clock.ts'
import { RateLimitedError } from '../errors.ts'
import { aborted } from '../failures.ts'
import { pathOf } from '../http-errors.ts'
import type { RequestContext } from './attempt.ts'
import { type Hooks, tell } from './events.ts'
import { Gate } from './gate.ts'
import { RETRY_AFTER_JITTER } from './retry-policy.ts'
import { type Limits, SCOPES, type Scope, type ScopeState } from './scopes.ts'
import { TokenBucket } from './token-bucket.ts'

export interface LimiterOptions {
  readonly clock: Clock
  /** Undefined: the client sets itself no limits, and only heeds the platform's answers. */
  readonly limits: Limits | undefined
  /** Pauses longer than that fail at once instead. */
  readonly maxRetryAfterMs: number
  readonly hooks: Hooks
}

/** Every request passes here before it is sent, retries and redirects too. */
export class Limiter {
  readonly #options: LimiterOptions
  readonly #gates = new Map<Scope, Gate>()

  constructor(options: LimiterOptions) {
    this.#options = options
  }

  /** Waits for the request's turn. */
  async enter(request: RequestContext, scope: Scope, signal: AbortSignal | undefined): Promise<void> {
    const { onThrottle } = this.#options.hooks
    const blockedMs = await this.#gate(scope)
      .enter(signal, (wait) => tell(onThrottle, { request, scope, ...wait }))
      .catch((reason) => {
        throw aborted(reason, request)
      })
    if (blockedMs !== undefined) throw blocked(request, scope, blockedMs)
  }

  /** The platform answered that it is too much: all requests of the scope wait. */
  refused(scope: Scope, waitMs: number): void {
    this.#gate(scope).block(waitMs)
  }

  accepted(scope: Scope): void {
    this.#gate(scope).accepted()
  }

  /** What is known of each scope just now. */
  states(): ScopeState[] {
    return SCOPES.map((scope) => ({
      scope,
      limit: this.#options.limits?.[scope],
      ...this.#gate(scope).state,
    }))
  }

  #gate(scope: Scope): Gate {
    const { clock, limits, maxRetryAfterMs } = this.#options
    const known = this.#gates.get(scope)
    if (known) return known
    const bucket = limits && new TokenBucket(limits[scope], clock.now())
    const gate = new Gate(clock, bucket, maxRetryAfterMs * (1 + RETRY_AFTER_JITTER))
    this.#gates.set(scope, gate)
    return gate
  }
}

function blocked(request: RequestContext, scope: Scope, blockedMs: number): RateLimitedError {
  const what = `${request.method} ${pathOf(request.url)} was not sent`
  return new RateLimitedError(
    `${what}: the platform takes no requests of ${scope} for ${Math.ceil(blockedMs / 1000)} s`,
    { status: 429, fieldErrors: {}, body: '', headers: {} },
    blockedMs,
    { request: { ...request, scope }, hint: 'Try again then, or allow longer waits with maxRetryAfterMs.' },
  )
}
