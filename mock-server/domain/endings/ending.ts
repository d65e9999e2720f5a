import type { ClusterStatus } from '../cluster-status.ts'
import type { RunFate } from '../executor.ts'
import type { JobStatus } from '../job-status.ts'
import type { Quirks } from '../quirks.ts'

/** What makes a job end in a certain way. */
export type Course =
  /** The commands end so, whatever they would have done by themselves. */
  | {
      readonly kind: 'commands'
      readonly when: 'at the start' | 'midway' | 'at the end'
      readonly fate: RunFate
      /** Which of two observed ways a failed command shows; that of the platform's quirks unless told. */
      readonly failedCommand?: Quirks['failedCommand']
    }
  | {
      readonly kind: 'user'
      readonly act: 'stop' | 'force stop' | 'stop run' | 'delete'
      readonly during: 'Queued' | 'Validated' | 'Executing'
    }
  | { readonly kind: 'walltime' }
  /** The provider takes the machines away, so many times at most. */
  | { readonly kind: 'reclaim'; readonly times: number }
  /** The cluster gets no further than that. */
  | {
      readonly kind: 'cluster'
      readonly during: 'Queued' | 'Starting'
      readonly thenError: boolean
      readonly reason: string
    }

export type ShownRow<Status> = readonly [status: Status, reason?: string]

/** What a client sees in the end. */
export interface Shown {
  /** Newest first; of a job that is not economy. Null when the job is not there any more. */
  readonly job: readonly ShownRow<JobStatus>[] | null
  readonly cluster: readonly ClusterStatus[] | null
  /** How `process_output.log` ends, apart from the empty line; null when there is none. */
  readonly log: readonly string[] | null
  /** In words. */
  readonly files: string
}

export interface EndingEvidence {
  readonly grade: 'observed' | 'client-source' | 'docs' | 'inferred'
  /** By the tags of openapi/SOURCES.md. */
  readonly source?: string
  readonly date?: string
  /** What of it no source shows. */
  readonly inferred: string
}

/** A way in which a job can end. */
export interface Ending {
  readonly name: string
  readonly description: string
  readonly course: Course
  readonly shows: Shown
  readonly evidence: EndingEvidence
}

/** Whether it happens while commands run, so that a time after their beginning means something. */
export const happensInRun = ({ course }: Ending): boolean =>
  course.kind !== 'cluster' && (course.kind !== 'user' || course.during === 'Executing')
