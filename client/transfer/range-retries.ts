import { ConnectError, HttpError, RateLimitedError, ServerError, TimeoutError } from '../errors.ts'

// In a row and without progress. aria2 tries 5 times, rclone 10.
export const MAX_FAILURES = 5
const FIRST_BACKOFF_MS = 250
const LAST_BACKOFF_MS = 8_000
/** Less than that is no progress. */
export const PROGRESS_BYTES = 64 * 1024

/** How long to wait before a range is asked for again, or undefined when that is of no use. */
export function pauseAfter(error: unknown, failures: number, maxRetryAfterMs: number): number | undefined {
  if (failures >= MAX_FAILURES) return undefined
  if (error instanceof RateLimitedError) {
    const wait = error.retryAfterMs ?? LAST_BACKOFF_MS
    return wait <= maxRetryAfterMs ? wait : undefined
  }
  if (!isPassing(error)) return undefined
  const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LAST_BACKOFF_MS)
  // Half of it at random, so that connections that broke together do not come back together.
  return backoff * (0.5 + Math.random() / 2)
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof ConnectError ||
    error instanceof TimeoutError ||
    error instanceof ServerError ||
    (error instanceof HttpError && error.status === 408)
  )
}
