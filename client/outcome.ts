import type { LoggedExit } from './log-exits.ts'
import { isTerminal } from './status-history.ts'
import type { JobStatusEntry } from './types.ts'

/** What became of a job. `Completed` alone says nothing: a job whose command failed completes too. */
export interface JobOutcome {
  readonly verdict: 'ok' | 'failed' | 'stopped' | 'unknown'
  /** Why, in words. */
  readonly reason: string
  /** The exit code that decided, or 0 when all commands exited with 0. */
  readonly exitCode: number | undefined
  readonly statuses: readonly JobStatusEntry[]
}

// Texts of the platform (api-facts 8.3), seen without a process_output.log to look into.
const PLATFORM_FAILURES = [/max(imum)? number of restarts/i, /could not allocate/i]

/**
 * Judges a job by its status history and the logs of its runs; `logs` is undefined when they could not be
 * read. Only exit codes of 0 for every analysis make it `ok`.
 */
export function judge(
  statuses: readonly JobStatusEntry[],
  logs: readonly (readonly LoggedExit[])[] | undefined,
  analysisCount: number,
): JobOutcome {
  const last = statuses.find(({ status }) => isTerminal(status))
  const outcome = (verdict: JobOutcome['verdict'], reason: string, exitCode?: number): JobOutcome => ({
    verdict,
    reason,
    exitCode,
    statuses,
  })
  if (!last) return outcome('unknown', `the job has not ended: ${statuses[0]?.status ?? 'not submitted'}`)
  const exitCodes = (logs ?? []).flat().map(({ exitCode }) => exitCode)
  const failed = exitCodes.find((code) => code !== undefined && code !== 0)
  if (PLATFORM_FAILURES.some((text) => text.test(last.statusReason ?? ''))) {
    return outcome('failed', last.statusReason ?? '', failed)
  }
  const stopping = statuses.find(({ status }) => status === 'Stopping')
  const failure = [stopping, last].find((entry) => /run failed/i.test(entry?.statusReason ?? ''))
  if (failure && failed === undefined) return outcome('failed', failure.statusReason ?? '')
  if (failure) return outcome('failed', `a command exited with code ${failed}`, failed)
  const lastStatus: string = last.status
  if (lastStatus !== 'Completed' || stopping) {
    const why = stopping?.statusReason ?? last.statusReason ?? `the job ended with ${lastStatus}`
    return outcome(lastStatus === 'Failed' ? 'failed' : 'stopped', why, failed)
  }
  if (failed !== undefined) return outcome('failed', `a command exited with code ${failed}`, failed)
  if (exitCodes.length === 0) return outcome('unknown', 'there is no process_output.log to tell')
  if (exitCodes.length < analysisCount || exitCodes.includes(undefined)) {
    return outcome('unknown', 'process_output.log does not show the end of every command')
  }
  return outcome('ok', 'every command exited with code 0', 0)
}

/** Of a job that was stopped before it was `Validated`, and got no status for that. */
export function stoppedEarly(statuses: readonly JobStatusEntry[]): JobOutcome {
  const reason = `it was stopped while ${statuses[0]?.status ?? 'it waited'}`
  return { verdict: 'stopped', reason, exitCode: undefined, statuses }
}
