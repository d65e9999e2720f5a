import type { PlatformEvent } from '../events.ts'
import type { SavedShelf } from '../file-shelf.ts'
import type { IdKind } from '../ids.ts'
import type { Instant } from '../instant.ts'
import type { CatalogueEntries } from '../own-catalogue.ts'
import type { Appointment } from '../scheduler.ts'
import type { StatusLog } from '../status-log.ts'
import type { StorageDefinition } from '../storage-device.ts'
import type { StoredStorageDevice } from '../stored-storage-device.ts'
import type { SavedJob } from './saved-job.ts'
import type { SavedVolume } from './saved-volume.ts'

/** The world of a tenant at an instant. It never changes, and worlds are made from it any number of times. */
export interface SavedPlatform {
  readonly seed: string
  readonly clock: SavedClock
  /** How many of each kind have been taken. */
  readonly ids: Readonly<Partial<Record<IdKind, number>>>
  readonly catalogue: CatalogueEntries
  readonly shelf: SavedShelf
  /** Nobody may append to it. */
  readonly statusLog: StatusLog
  /** In the order in which they were made. */
  readonly jobs: readonly SavedJob[]
  readonly devices: readonly SavedDevice[]
  readonly volumes: readonly SavedVolume[]
}

export interface SavedClock {
  readonly now: Instant
  readonly booked: number
  /** In no order. */
  readonly appointments: readonly Appointment<PlatformEvent>[]
}

export interface SavedDevice {
  readonly id: string
  readonly sequence: number
  readonly clusterId: string
  readonly dateInserted: Instant
  readonly definition: StorageDefinition
  readonly isSubmitted: boolean
  readonly statuses: StoredStorageDevice['statuses']
}
