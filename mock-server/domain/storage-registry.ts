import type { Catalogue } from './catalogue.ts'
import type { StorageEvent } from './events.ts'
import { ErrorCollector, messages } from './field-errors.ts'
import type { Listing } from './listing.ts'
import { listingOf } from './listing.ts'
import { refuse } from './refusal.ts'
import { resolveStorage } from './resolve-storage.ts'
import type { SavedDevice } from './saved/saved-platform.ts'
import { SortedSequence } from './sorted-sequence.ts'
import type { StorageDevice, StorageDraft, StorageFilter } from './storage-device.ts'
import { endStorage, happenToStorage, launchStorage } from './storage-lifecycle.ts'
import type { StoredJob } from './stored-job.ts'
import { StoredStorageDevice } from './stored-storage-device.ts'
import type { World } from './world.ts'

/** A tenant's storage devices, and what users do with them. */
export class StorageRegistry {
  readonly #world: World
  readonly #job: (jobId: string) => StoredJob
  readonly #byId = new Map<string, StoredStorageDevice>()
  readonly #listed = new SortedSequence<StoredStorageDevice>()

  constructor(world: World, job: (jobId: string) => StoredJob) {
    this.#world = world
    this.#job = job
  }

  /** Newest first (inferred, as jobs are). */
  list({ active }: StorageFilter = {}): Listing<StorageDevice> {
    if (active === undefined) return this.#listed
    return listingOf([...this.#listed].filter((device) => device.isActive === active))
  }

  get(deviceId: string): StorageDevice {
    return this.#get(deviceId)
  }

  /** Nothing is launched before `submit`. */
  create(draft: StorageDraft, catalogue: Catalogue): StorageDevice {
    const definition = resolveStorage(draft, catalogue)
    const { ids, scheduler } = this.#world
    const device = new StoredStorageDevice({
      id: ids.next('account'),
      clusterId: ids.next('account'),
      sequence: this.#listed.count,
      dateInserted: scheduler.now(),
      definition,
    })
    this.#byId.set(device.id, device)
    this.#listed.add(device)
    this.#world.changes?.device(device)
    return device
  }

  /** A second time is as for jobs. */
  submit(deviceId: string): void {
    const device = this.#get(deviceId)
    if (!device.isSubmitted) launchStorage(this.#world, device)
    else if (this.#world.quirks.resubmit === 'refused')
      refuse({ kind: 'storage-submitted', deviceId, status: device.status })
  }

  shutDown(deviceId: string): void {
    const device = this.#get(deviceId)
    if (!device.isActive) refuse({ kind: 'storage-not-running', deviceId, status: device.status })
    endStorage(this.#world, device)
  }

  /** The job finds the device in its home when it runs, if the device is `Started` by then. */
  attach(jobId: string, deviceId: string): StorageDevice {
    const job = this.#job(jobId)
    const device = this.#byId.get(deviceId) ?? this.#refuseUnknown(deviceId)
    if (job.status !== null) refuse({ kind: 'already-submitted', jobId, status: job.status })
    if (device.isOver) refuse({ kind: 'storage-not-running', deviceId, status: device.status })
    const attached = this.#world.attachedStorage.get(jobId) ?? []
    if (!attached.includes(device)) this.#world.attachedStorage.set(jobId, [...attached, device])
    this.#world.changes?.job(job)
    return device
  }

  /** Copies files of the user onto the device, into a folder of it. */
  async fill(deviceId: string, fileIds: readonly string[], outputDir: string): Promise<void> {
    const device = this.#get(deviceId)
    const { files, executor, tenantId } = this.#world
    const found = this.#filesWith(fileIds)
    if (device.status !== 'Started') refuse({ kind: 'storage-not-running', deviceId, status: device.status })
    for (const { bytes } of found) files.retain(bytes)
    try {
      const given = found.map(({ name, bytes }) => ({ path: `${outputDir}/${name}`, bytes }))
      await executor.fillVolume?.({ tenantId, deviceId }, given)
      this.#world.changes?.volume(deviceId)
    } finally {
      for (const { bytes } of found) await files.release(bytes)
    }
  }

  /** Oldest first. */
  save(): readonly SavedDevice[] {
    return [...this.#byId.values()].map((device) => device.save())
  }

  load(saved: readonly SavedDevice[]): void {
    for (const device of saved.map(StoredStorageDevice.load)) {
      this.#byId.set(device.id, device)
      this.#listed.add(device)
    }
  }

  /** Undefined when there is none. */
  find(deviceId: string): StoredStorageDevice | undefined {
    return this.#byId.get(deviceId)
  }

  happen(event: StorageEvent): void {
    happenToStorage(this.#world, this.#get(event.deviceId), event)
  }

  #get(deviceId: string): StoredStorageDevice {
    return this.#byId.get(deviceId) ?? refuse({ kind: 'not-found', what: 'storage device', id: deviceId })
  }

  #filesWith(fileIds: readonly string[]) {
    const errors = new ErrorCollector()
    const found = fileIds.flatMap((fileId, index) => {
      const file = this.#world.files.get(fileId)
      if (!file) errors.add(['files', index, 'id'], messages.noSuchPk(fileId))
      return file ?? []
    })
    errors.refuseIfAny()
    return found
  }

  /** In a body, unlike in a path, what is not there is a wrong value (DRF). */
  #refuseUnknown(deviceId: string): never {
    const errors = new ErrorCollector()
    errors.add(['storageDevice'], messages.noSuchPk(deviceId))
    errors.refuseIfAny()
    throw new Error('An error was not refused')
  }
}
