import type { ClusterStatus } from './cluster-status.ts'
import type { JobStatus } from './job-status.ts'

/** Messages by field, nested as the input is; lists of objects are positional, `{}` where nothing is wrong (DRF). */
export interface FieldErrors {
  readonly [field: string]: readonly string[] | FieldErrors | readonly FieldErrors[]
}

/** Every way the platform says no. What it means in HTTP is the exchange's business. */
export type Refusal =
  | {
      readonly kind: 'not-found'
      readonly what: 'job' | 'file' | 'run' | 'tag' | 'cluster' | 'storage device' | 'organization'
      readonly id: string
    }
  | { readonly kind: 'invalid'; readonly errors: FieldErrors }
  | { readonly kind: 'already-submitted'; readonly jobId: string; readonly status: JobStatus }
  | { readonly kind: 'not-editable'; readonly jobId: string; readonly status: JobStatus }
  | { readonly kind: 'input-file-deleted'; readonly jobId: string; readonly fileIds: readonly string[] }
  | { readonly kind: 'core-type-unavailable'; readonly jobId: string; readonly coreType: string }
  | {
      readonly kind: 'too-late-for-ending'
      readonly jobId: string
      readonly status: JobStatus | null
      readonly ending: string
    }
  | { readonly kind: 'storage-submitted'; readonly deviceId: string; readonly status: ClusterStatus }
  | { readonly kind: 'storage-not-running'; readonly deviceId: string; readonly status: ClusterStatus }
  | { readonly kind: 'run-not-active'; readonly jobId: string; readonly runId: string }
  | { readonly kind: 'job-not-running'; readonly jobId: string; readonly status: JobStatus | null }
  | {
      readonly kind: 'cluster-not-stopped'
      readonly jobId: string
      readonly clusterStatus: ClusterStatus | null
    }

export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.kind)
    this.refusal = refusal
  }
}

export function refuse(refusal: Refusal): never {
  throw new RefusedError(refusal)
}
