import type { ClusterStatus } from './cluster-status.ts'
import type { Instant } from './instant.ts'
import type { StatusEntry } from './status-entry.ts'

/** The machines behind a job. It outlives the job's completion by about 46 seconds. */
export interface Cluster {
  readonly id: string
  readonly status: ClusterStatus
  /** Newest first; made on reading. */
  readonly statuses: readonly StatusEntry<ClusterStatus>[]
}

/** `CUSTOM` was seen on a single node (2023); the text of the tutorial names the other two. */
export type InstanceRole = 'CUSTOM' | 'MPI_MASTER' | 'MPI_SLAVE'

/** One machine of a cluster, reachable by SSH. */
export interface Instance {
  readonly id: string
  readonly clusterId: string
  readonly dateStarted: Instant
  readonly instanceGroup: string
  readonly isBehindNat: boolean
  readonly privateHostname: string
  readonly privateIp: string
  readonly publicHostname: string
  readonly publicIp: string
  readonly role: InstanceRole
  readonly sshPort: number
  readonly supportedServices: readonly string[]
  readonly tenancy: string
  readonly username: string
}
