import type { Execution } from './executor.ts'
import type { StoredBytes } from './file-store.ts'
import type { Instant } from './instant.ts'

/** What is known of a run only while it lasts. */
export interface ActiveRun {
  readonly execution: Execution
  readonly startedAt: Instant
  /** Bytes of the inputs, which are kept for the run even when their files are deleted. */
  readonly inputs: ReadonlyMap<string, StoredBytes>
}

export const activeRunKey = (jobId: string, runId: string): string => `${jobId}/${runId}`
