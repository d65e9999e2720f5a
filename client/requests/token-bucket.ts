import type { ScopeLimit } from './scopes.ts'

// After a 429 the rate is halved, and grows back by a hundredth of the limit with every answer.
export const DECREASE = 0.5
const INCREASE = 0.01
const SLOWEST = 1 / 16
// Sums of fractions fall short of 1.
const ONE = 1 - 1e-9

/** A token bucket whose rate adapts: one token a request, `burst` at most, refilled with time. */
export class TokenBucket {
  readonly #limit: ScopeLimit
  #tokens: number
  #share = 1
  #filledAt: number

  constructor(limit: ScopeLimit, now: number) {
    this.#limit = limit
    this.#tokens = limit.burst
    this.#filledAt = now
  }

  /** Requests per second at the moment. */
  get perSecond(): number {
    return this.#limit.perSecond * this.#share
  }

  /** Requests that could be sent at once. */
  atOnce(now: number): number {
    this.#refill(now)
    return Math.floor(this.#tokens + (1 - ONE))
  }

  /** How long until there are `count` tokens. */
  waitMs(count: number, now: number): number {
    this.#refill(now)
    const missing = count - this.#tokens
    return missing <= 1 - ONE ? 0 : Math.ceil((missing / this.perSecond) * 1000)
  }

  /** Takes a token, if there is one. */
  take(now: number): boolean {
    this.#refill(now)
    if (this.#tokens < ONE) return false
    this.#tokens -= 1
    return true
  }

  /** The platform refused: empties the bucket, and fills it more slowly from here on. */
  refused(now: number): void {
    this.#refill(now)
    this.#tokens = Math.min(this.#tokens, 0)
    this.#share = Math.max(SLOWEST, this.#share * DECREASE)
  }

  accepted(): void {
    this.#share = Math.min(1, this.#share + INCREASE)
  }

  #refill(now: number): void {
    // A clock that was set back gives no tokens, and takes none.
    const seconds = Math.max(0, now - this.#filledAt) / 1000
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + seconds * this.perSecond)
    this.#filledAt = now
  }
}
