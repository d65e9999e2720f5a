import { RescaleError } from '../errors.ts'
import { aborted } from '../failures.ts'
import { retryAfterMs } from '../http-errors.ts'
import { requestOf } from '../requests/attributed.ts'
import { delayMs, mayRetry, type Outcome } from '../requests/retry-policy.ts'
import type { TransferContext } from './context.ts'
import type { TransferAnswer } from './transport.ts'

const ATTEMPTS = 4

/** Sends an upload again that the platform certainly did nothing with: no connection, 429, 503 with Retry-After. */
export async function untilTaken(
  context: TransferContext,
  signal: AbortSignal | undefined,
  send: () => Promise<TransferAnswer>,
  onRetry: (error: Error, delayMs: number) => void = () => {},
): Promise<TransferAnswer> {
  for (let attempt = 1; ; attempt++) {
    const { answer, outcome } = await tried(context, send)
    const isLast = attempt >= ATTEMPTS || !mayRetry('POST', outcome) || isTooLong(outcome, context)
    if (isLast && answer) return answer
    if (isLast) throw outcome.failure
    answer?.discard()
    const delay = delayMs(attempt, outcome, Math.random)
    onRetry(outcome.failure ?? new RescaleError(`The platform answered ${outcome.status}`), delay)
    await context.clock.sleep(delay, signal).catch((reason) => {
      throw aborted(reason, answer?.request ?? requestOf(outcome.failure))
    })
  }
}

async function tried(
  context: TransferContext,
  send: () => Promise<TransferAnswer>,
): Promise<{ answer?: TransferAnswer; outcome: Outcome }> {
  try {
    const answer = await send()
    const { status, headers } = answer
    return { answer, outcome: { status, retryAfterMs: retryAfterMs({ headers }, context.clock.now()) } }
  } catch (failure) {
    if (!(failure instanceof RescaleError)) throw failure
    return { outcome: { failure } }
  }
}

function isTooLong(outcome: Outcome, { maxRetryAfterMs }: TransferContext): boolean {
  return outcome.status !== undefined && (outcome.retryAfterMs ?? 0) > maxRetryAfterMs
}
