import type { ClusterStatus } from './cluster-status.ts'
import type { Instant } from './instant.ts'
import type { StatusEntry } from './status-entry.ts'

/** Where storage devices can be launched. */
export interface StorageRegion {
  readonly id: string
  readonly name: string
}

export interface StorageHardware {
  /** Hours from its start; null until it is shut down. */
  readonly walltime: number | null
  readonly coresPerSlot: number
  readonly coreType: string
}

/** What a user asks for. */
export interface StorageDefinition {
  readonly name: string
  /** Gigabytes. */
  readonly storageSize: number
  readonly hardware: StorageHardware
  /** Percent of the size. */
  readonly firstAlert: number
  readonly secondAlert: number
  readonly autoextend: boolean
  readonly autoextendPercent: number
  readonly walltimeAlert: boolean
  readonly walltimeAlertHours: number
  readonly region: StorageRegion
}

/** A file system that outlives jobs ("High Performance Storage"). Its statuses are the words of clusters (api-facts §8.4). */
export interface StorageDevice {
  readonly id: string
  readonly clusterId: string
  readonly dateInserted: Instant
  readonly definition: StorageDefinition
  readonly status: ClusterStatus
  /** Newest first. A device that is only saved is `Not Started`: bosung's list_hps.py reads a status of every device. */
  readonly statuses: readonly StatusEntry<ClusterStatus>[]
}

export interface StorageDraft {
  readonly name: string
  /** Gigabytes; or else `storageSizeMb`. */
  readonly storageSize?: number | undefined
  readonly storageSizeMb?: number | undefined
  readonly hardware?:
    | {
        readonly walltime?: number | null | undefined
        readonly coresPerSlot?: number | undefined
        readonly coreType?: string | undefined
      }
    | undefined
  /** What older clients send in place of `hardware.walltime`. */
  readonly walltime?: number | null | undefined
  readonly firstAlert?: number | undefined
  readonly secondAlert?: number | undefined
  readonly autoextend?: boolean | undefined
  readonly autoextendPercent?: number | undefined
  readonly walltimeAlert?: boolean | undefined
  readonly walltimeAlertHours?: number | undefined
  readonly region?: { readonly id: string } | null | undefined
}

export interface StorageFilter {
  /** Submitted and not yet `Stopped`. */
  readonly active?: boolean | undefined
}

/** Ids and names that a client of 2021 knows (create_hps.py). */
export const storageRegions: readonly [StorageRegion, ...StorageRegion[]] = [
  { id: 'pCTMk', name: 'us-east-1' },
  { id: 'OLjea', name: 'ap-northeast-2' },
  { id: 'cHewo', name: 'seoul' },
  { id: 'Dwuia', name: 'busan' },
]
