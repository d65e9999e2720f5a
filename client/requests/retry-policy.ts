import { ConnectError, type RescaleError, TimeoutError } from '../errors.ts'

/** What came of an attempt: an answer, or none. */
export type Outcome =
  | { readonly status: number; readonly retryAfterMs: number | undefined; readonly failure?: undefined }
  | { readonly failure: RescaleError; readonly status?: undefined }

export const PASSING_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524])
// Doing it twice is the same as doing it once.
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'])
// A name that does not exist, a port that fetch refuses or a certificate that is not trusted will not get better within seconds.
const LASTING = /^(ENOTFOUND|BAD_PORT|ERR_TLS.*|.*CERT.*|UNABLE_TO_.*)$/

export const BASE_MS = 250
export const THROTTLED_BASE_MS = 1_000
export const CAP_MS = 20_000
/** Of what the platform asked for, on top of it: not everybody is to come back in the same moment. */
export const RETRY_AFTER_JITTER = 0.1

/** Whether the same request may be sent again, and might then go better. */
export function mayRetry(method: string, outcome: Outcome): boolean {
  return isPassing(outcome) && (IDEMPOTENT.has(method) || isUnprocessed(outcome))
}

/** Whether it is certain that the platform did nothing. */
export function isUnprocessed(outcome: Outcome): boolean {
  const { failure } = outcome
  if (failure instanceof ConnectError) return !failure.maybeSent
  if (failure) return failure instanceof TimeoutError && failure.phase === 'connect'
  return outcome.status === 429 || (outcome.status === 503 && outcome.retryAfterMs !== undefined)
}

/** Whether a request that must not be repeated was sent, and its answer is lost. */
export function isOutcomeUnknown(method: string, outcome: Outcome): boolean {
  const lost = outcome.failure instanceof ConnectError || outcome.failure instanceof TimeoutError
  return lost && !IDEMPOTENT.has(method) && !isUnprocessed(outcome)
}

/** How long to wait before the next attempt: what the platform asked for, else full jitter. */
export function delayMs(attempt: number, outcome: Outcome, random: () => number): number {
  if (outcome.status !== undefined && outcome.retryAfterMs !== undefined) {
    return Math.ceil(outcome.retryAfterMs * (1 + RETRY_AFTER_JITTER * random()))
  }
  const base = outcome.status === 429 ? THROTTLED_BASE_MS : BASE_MS
  return Math.round(random() * Math.min(CAP_MS, base * 2 ** (attempt - 1)))
}

function isPassing({ status, failure }: Outcome): boolean {
  if (status !== undefined) return PASSING_STATUSES.has(status)
  if (failure instanceof ConnectError) return !LASTING.test(failure.code ?? '')
  return failure instanceof TimeoutError
}
