import type { ClusterStatus } from './cluster-status.ts'
import type { Instant } from './instant.ts'
import type { SavedDevice } from './saved/saved-platform.ts'
import type { Sequenced } from './sorted-sequence.ts'
import type { StatusEntry } from './status-entry.ts'
import type { StorageDefinition, StorageDevice } from './storage-device.ts'

/** A storage device as the platform keeps it. Only its lifecycle changes it. */
export class StoredStorageDevice implements StorageDevice, Sequenced {
  readonly id: string
  readonly sequence: number
  readonly clusterId: string
  readonly dateInserted: Instant
  readonly definition: StorageDefinition
  isSubmitted = false
  #statuses: readonly StatusEntry<ClusterStatus>[] = []

  constructor(
    device: Pick<StorageDevice, 'id' | 'clusterId' | 'dateInserted' | 'definition'> & {
      readonly sequence: number
    },
  ) {
    this.id = device.id
    this.sequence = device.sequence
    this.clusterId = device.clusterId
    this.dateInserted = device.dateInserted
    this.definition = device.definition
    this.note('Not Started', device.dateInserted)
  }

  static load(saved: SavedDevice): StoredStorageDevice {
    const device = new StoredStorageDevice(saved)
    device.isSubmitted = saved.isSubmitted
    device.#statuses = saved.statuses
    return device
  }

  save(): SavedDevice {
    const { id, sequence, clusterId, dateInserted, definition, isSubmitted, statuses } = this
    return { id, sequence, clusterId, dateInserted, definition, isSubmitted, statuses }
  }

  get statuses(): readonly StatusEntry<ClusterStatus>[] {
    return this.#statuses
  }

  get status(): ClusterStatus {
    return this.#statuses[0]?.status ?? 'Not Started'
  }

  get isActive(): boolean {
    return this.isSubmitted && this.status !== 'Stopped'
  }

  /** It is being ended, or has ended. */
  get isOver(): boolean {
    return this.status === 'Stop Requested' || this.status === 'Stopping' || this.status === 'Stopped'
  }

  /** Adds a row to the history. */
  note(status: ClusterStatus, at: Instant): void {
    // Rows of storage devices have no ids on the wire.
    this.#statuses = [
      { id: `${this.id} ${this.#statuses.length}`, status, at, reason: null },
      ...this.#statuses,
    ]
  }
}
