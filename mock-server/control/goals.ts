import { type ClusterStatus, clusterStatuses } from '../domain/cluster-status.ts'
import { type JobStatus, jobStatuses } from '../domain/job-status.ts'
import type { StatusGoal } from '../world-time.ts'

interface StatusWish {
  readonly job?: string
  readonly cluster?: string
  readonly status?: string
}

/** A job or a cluster with one of its statuses; null when it is neither. */
export function statusGoalOf({ job, cluster, status }: StatusWish): StatusGoal | null {
  if (job !== undefined && cluster !== undefined) return null
  if (job !== undefined) return isJobStatus(status) ? { job, status } : null
  return cluster !== undefined && isClusterStatus(status) ? { cluster, status } : null
}

const isJobStatus = (value: unknown): value is JobStatus => jobStatuses.some((status) => status === value)

const isClusterStatus = (value: unknown): value is ClusterStatus =>
  clusterStatuses.some((status) => status === value)
