import { AbortedError, RescaleError } from './errors.ts'
import { requestOf } from './requests/attributed.ts'

/** What came of one file of a call with several. */
export interface FileOutcome {
  readonly outcome: string
  readonly error: Error | undefined
}

/** Some files of a call with several failed; the others are there. Its request is that of the first that had one. */
export class TransfersFailedError<Result extends FileOutcome = FileOutcome> extends RescaleError {
  override readonly name = 'TransfersFailedError'
  /** All of them, in their order. */
  readonly results: readonly Result[]
  /** The first failure is the cause. */
  readonly errors: readonly Error[]

  constructor(what: 'uploaded' | 'downloaded', results: readonly Result[]) {
    const errors = results.flatMap(({ outcome, error }) => (outcome === 'failed' && error ? [error] : []))
    const [first] = errors
    const hint = first instanceof RescaleError ? first.hint : undefined
    super(`${errors.length} of ${results.length} files were not ${what}: ${first?.message}`, {
      cause: first,
      hint,
      request: firstRequest(results),
    })
    this.results = results
    this.errors = errors
  }

  protected override usualHint(): string {
    return 'errors has what went wrong with each; the others are there, and need not be done again.'
  }
}

/** The caller's AbortSignal ended a call with several files; some may be there already. */
export class TransfersAbortedError<Result extends FileOutcome = FileOutcome> extends AbortedError {
  /** All of them, in their order. */
  readonly results: readonly Result[]

  constructor(reason: unknown, results: readonly Result[]) {
    super('The transfers were aborted', { cause: reason, request: firstRequest(results) })
    this.results = results
  }
}

function firstRequest(results: readonly FileOutcome[]) {
  return results.map(({ error }) => requestOf(error)).find((request) => request !== undefined)
}
