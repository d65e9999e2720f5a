import type { ClusterStatus } from './cluster-status.ts'
import type { JobStatus } from './job-status.ts'

/** What can be due. Plain data. */
export type PlatformEvent = JobEvent | StorageEvent

export type StorageEvent =
  | { readonly kind: 'storage-moves'; readonly deviceId: string; readonly to: ClusterStatus }
  | { readonly kind: 'storage-walltime-reached'; readonly deviceId: string }

export type JobEvent =
  | { readonly kind: 'job-moves'; readonly jobId: string; readonly to: JobStatus }
  | { readonly kind: 'cluster-moves'; readonly jobId: string; readonly to: ClusterStatus }
  /** The commands of a planned run come to their own end. */
  | { readonly kind: 'run-ends'; readonly jobId: string; readonly runId: string }
  /** The commands of a planned run have obeyed a stop. */
  | { readonly kind: 'run-obeys'; readonly jobId: string; readonly runId: string }
  /** What somebody asked for comes true. */
  | { readonly kind: 'ending-strikes'; readonly jobId: string }
  /** The provider has new machines for those that it took back. */
  | { readonly kind: 'instance-replaced'; readonly jobId: string }
  | { readonly kind: 'walltime-reached'; readonly jobId: string; readonly runId: string }
