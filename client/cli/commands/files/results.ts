import { AbortedError } from '../../../errors.ts'
import { type FileOutcome, TransfersAbortedError, TransfersFailedError } from '../../../transfer-errors.ts'
import type { Session } from '../../session.ts'

/** What became of each file of a call that failed; undefined where it was not one of several. */
export function resultsOf<Result extends FileOutcome>(error: unknown): readonly Result[] | undefined {
  const isOfSeveral = error instanceof TransfersFailedError || error instanceof TransfersAbortedError
  return isOfSeveral ? (error.results as readonly Result[]) : undefined
}

/** Names a file that failed. Of a single one the error says all, and whoever interrupted knows why the rest did not come. */
export function warnOfFailure(
  { out }: Session,
  name: string,
  error: Error | undefined,
  results: readonly unknown[],
): void {
  if (error && results.length > 1 && !(error instanceof AbortedError)) out.warn(`${name}: ${error.message}`)
}
