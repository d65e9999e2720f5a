import { type FileOutcome, TransfersAbortedError, TransfersFailedError } from '../transfer-errors.ts'

/** Ends a call with several files: whoever aborted it hears of that, not of the files that it cost. */
export function throwIfSomeFailed(
  what: 'uploaded' | 'downloaded',
  results: readonly FileOutcome[],
  signal: AbortSignal | undefined,
): void {
  if (results.every(({ outcome }) => outcome !== 'failed')) return
  if (signal?.aborted) throw new TransfersAbortedError(signal.reason, results)
  throw new TransfersFailedError(what, results)
}
