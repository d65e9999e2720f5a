// Figures of the AWS SDKs (smithy): in the long run about one retry for five successes.
export const CAPACITY = 500
export const RETRY_COST = 5
export const TIMEOUT_COST = 10
const SUCCESS_GAIN = 1

/**
 * How much a client may retry in all. When the platform is down, every request would be sent several times
 * otherwise, just when that is worst.
 */
export class RetryBudget {
  #tokens = CAPACITY

  /** Pays for a retry; false when there is nothing left to pay with. */
  spend(after: { timeout: boolean }): boolean {
    const cost = after.timeout ? TIMEOUT_COST : RETRY_COST
    if (this.#tokens < cost) return false
    this.#tokens -= cost
    return true
  }

  /** A request went well; the price of its last retry comes back. */
  succeeded(retried: boolean): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + (retried ? RETRY_COST : SUCCESS_GAIN))
  }
}
