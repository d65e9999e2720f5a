import type { CaseTable } from '../case-table.ts'
import type { ClusterStatus } from '../cluster-status.ts'
import type { Restarts } from '../endings/reclaim.ts'
import type { Duration, Instant } from '../instant.ts'
import type { CustomFieldValue, JobDefinition, Tag } from '../job.ts'
import type { JobStatus } from '../job-status.ts'
import type { SavedRun } from './saved-run.ts'

/** A job with its cluster and its runs as plain data. Definition and cases are shared with the world it was saved from. */
export interface SavedJob {
  readonly id: string
  readonly sequence: number
  readonly name: string
  readonly dateInserted: Instant
  readonly definition: JobDefinition
  readonly status: JobStatus | null
  readonly ended: boolean
  /** Its newest row in the saved log. */
  readonly lastRow: number
  readonly clusterStatus: ClusterStatus | null
  readonly lastClusterRow: number
  readonly firstInstance: number
  readonly cases: CaseTable | null
  readonly runs: readonly SavedRun[]
  readonly tags: readonly Tag[] | null
  readonly sharedWith: readonly string[] | null
  readonly customFields: readonly (readonly [string, CustomFieldValue])[] | null
  readonly version: number
  readonly underWay: SavedUnderWay | null
}

/** What is kept of a job only while it is under way. */
export interface SavedUnderWay {
  readonly hasStoppedRun: boolean
  readonly askedEnding: {
    readonly name: string
    readonly after: Duration | null
    readonly isOver: boolean
  } | null
  readonly restarts: Readonly<Restarts> | null
  /** Ids of storage devices that its runs find in their homes. */
  readonly attachedStorage: readonly string[]
  /** While runs wait for a slot: those that are free, the next one last. */
  readonly freeSlots: readonly number[] | null
}
