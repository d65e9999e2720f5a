import { AbortedError, RescaleError } from './errors.ts'
import { newestFirst } from './status-history.ts'
import type { ClusterStatusEntry, JobStatusEntry } from './types.ts'

/** What is asked of the platform about a job whose history has no end. */
export interface SilentEndQuestions {
  history(): Promise<readonly JobStatusEntry[]>
  /** Empty while there is no cluster. */
  cluster(): Promise<readonly ClusterStatusEntry[]>
  /** Whether it is among the newest of the jobs that count as completed. */
  isListedAsCompleted(): Promise<boolean>
}

const BEFORE_VALIDATION: ReadonlySet<string> = new Set([
  'Pending',
  'Queued',
  'Waiting for Queue',
  'Waiting for Cluster',
  'Started',
])

/**
 * Whether a job may have ended without a word: one that is stopped before it is `Validated` gets no further status
 * (api-facts 8.2, seen by Rescale's Nextflow plugin in 2025).
 */
export function mayEndSilently(history: readonly { readonly status: string }[]): boolean {
  return history.length > 0 && history.every(({ status }) => BEFORE_VALIDATION.has(status))
}

/** Whether a job has ended so. Its cluster tells, or, where it never had one, the list of completed jobs (inferred). */
export async function hasEndedSilently(
  history: readonly JobStatusEntry[],
  questions: SilentEndQuestions,
): Promise<boolean> {
  if (!mayEndSilently(history)) return false
  try {
    const [newest] = newestFirst(await questions.cluster())
    const isOver = newest ? newest.status === 'Stopped' : await questions.isListedAsCompleted()
    // It may have gone through all of its life since its history was read.
    return isOver && mayEndSilently(await questions.history())
  } catch (error) {
    // Only a second look, which must not end what the first one would have gone on with.
    if (error instanceof AbortedError || !(error instanceof RescaleError)) throw error
    return false
  }
}

/** Asks now and then: at once, and whenever a history has not changed for five looks. */
export function silentEndWatch(questions: SilentEndQuestions) {
  let [known, looks] = [-1, 0]
  return (history: readonly JobStatusEntry[]): Promise<boolean> => {
    looks = history.length === known ? looks + 1 : 0
    known = history.length
    return looks % LOOKS === 0 ? hasEndedSilently(history, questions) : Promise.resolve(false)
  }
}

// Two minutes and a half at the slowest pace of a wait.
const LOOKS = 5
