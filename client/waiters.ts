import type { Clock } from './clock.ts'
import {
  AbortedError,
  ConnectError,
  type ErrorContext,
  HttpError,
  NotFoundError,
  RateLimitedError,
  ServerError,
  TimeoutError,
} from './errors.ts'
import { aborted } from './failures.ts'
import type { RequestContext } from './requests/attempt.ts'
import { newestFirst, type StatusEntry } from './status-history.ts'

/** How a wait goes about it. */
export interface WaitOptions<T> {
  /** Gives up with a `WaitTimeoutError` after so long; 24 hours unless told otherwise. */
  timeoutMs?: number
  /** Between two looks. Unless told otherwise it starts at 1 s and grows to 30 s. */
  intervalMs?: number
  signal?: AbortSignal
  /** Called once for every status that shows up, oldest first. */
  onStatus?: (entry: T) => void
}

/** How a wait ended: with the status, or for certain without it. `history` is newest first. */
export type WaitResult<T> =
  | { readonly reached: true; readonly status: T; readonly history: readonly T[] }
  | {
      readonly reached: false
      /** `ended`: nothing comes after the last status. `deleted`: the job is gone. */
      readonly why: 'ended' | 'deleted'
      readonly last: T | undefined
      readonly history: readonly T[]
    }

/** The wait's own time is up; the job goes on. `requestId` and `attempts` are those of its last look. */
export class WaitTimeoutError<T extends StatusEntry = StatusEntry> extends TimeoutError {
  override readonly name = 'WaitTimeoutError'
  readonly history: readonly T[]

  constructor(timeoutMs: number, history: readonly T[], context?: ErrorContext) {
    const seen = history.map(({ status }) => status).reverse()
    super(
      `Not reached within ${timeoutMs} ms; seen so far: ${seen.join(' > ') || 'nothing'}`,
      { phase: 'wait', timeoutMs },
      context,
    )
    this.history = history
  }
}

/** What a waiter looks at, and how it judges what it sees. */
export interface Watched<T extends StatusEntry> {
  /** The whole history, in any order. */
  read(): Promise<readonly T[]>
  /** The end of the wait, or undefined to go on. `history` is newest first. */
  judge(history: readonly T[]): WaitResult<T> | undefined
  /** The request that was sent last, for the errors of a wait that nothing is under way of. */
  lastRequest?(): RequestContext | undefined
}

export const DAY_MS = 24 * 3600 * 1000
const FIRST_INTERVAL_MS = 1_000
const LAST_INTERVAL_MS = 30_000
const GROWTH = 1.5
// Interlink gives up after five failures in a row as well.
const MAX_FAILURES = 5

/** Looks until `watched` judges that the wait is over. A passing failure of the platform does not end it. */
export async function waitUntil<T extends StatusEntry>(
  watched: Watched<T>,
  clock: Clock,
  options: WaitOptions<T> = {},
): Promise<WaitResult<T>> {
  const { timeoutMs = DAY_MS, signal } = options
  const deadline = clock.now() + timeoutMs
  const report = reporter(options.onStatus)
  let history: readonly T[] = []
  let failures = 0
  for (let look = 0; ; look++) {
    let pause = options.intervalMs ?? Math.min(FIRST_INTERVAL_MS * GROWTH ** look, LAST_INTERVAL_MS)
    try {
      history = newestFirst(await watched.read())
      failures = 0
      report(history)
      const result = watched.judge(history)
      if (result) return result
    } catch (error) {
      if (error instanceof NotFoundError && look > 0) return deleted(history)
      if (!isPassing(error) || ++failures >= MAX_FAILURES) throw error
      if (error instanceof RateLimitedError) pause = Math.max(pause, error.retryAfterMs ?? 0)
    }
    const left = deadline - clock.now()
    const request = watched.lastRequest?.()
    if (left <= 0) throw new WaitTimeoutError(timeoutMs, history, { request })
    await sleep(clock, Math.min(pause, left), signal, request)
  }
}

function deleted<T>(history: readonly T[]): WaitResult<T> {
  return { reached: false, why: 'deleted', last: history[0], history }
}

async function sleep(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  request: RequestContext | undefined,
): Promise<void> {
  try {
    await clock.sleep(ms, signal)
  } catch (reason) {
    throw reason instanceof AbortedError ? reason : aborted(reason, request)
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof HttpError) {
    return error instanceof ServerError || error instanceof RateLimitedError || error.status === 408
  }
  return error instanceof ConnectError || error instanceof TimeoutError
}

function reporter<T extends StatusEntry>(onStatus: ((entry: T) => void) | undefined) {
  const seen = new Set<string>()
  return (history: readonly T[]) => {
    for (const entry of history.toReversed()) {
      const key = `${entry.statusDate} ${entry.status}`
      if (!seen.has(key)) onStatus?.(entry)
      seen.add(key)
    }
  }
}
