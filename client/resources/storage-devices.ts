import type { Connection } from '../connection.ts'
import type { PagedList } from '../pages.ts'
import type {
  CallOptions,
  ClusterStatus,
  ClusterStatusEntry,
  Filters,
  ListOptions,
  StorageDevice,
  StorageDeviceCreate,
  StorageDeviceListItem,
  StorageFileDownload,
  StorageRegion,
} from '../types.ts'
import { type WaitOptions, type WaitResult, waitUntil } from '../waiters.ts'
import { watchDevice } from '../watched.ts'

/** `client.storageDevices`: file systems that outlive jobs, and that jobs find at `~/storage_{id}`. */
export class StorageDevicesResource {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** All devices, newest first; `active` keeps those that are submitted and not yet `Stopped`. */
  list(query: Filters<'listStorageDevices'> = {}, options?: ListOptions): PagedList<StorageDeviceListItem> {
    return this.#connection.list('/api/v2/storage-devices/', { query }, options)
  }

  get(deviceId: string, options: CallOptions = {}): Promise<StorageDevice> {
    const init = { params: { path: { deviceId } }, ...options }
    return this.#connection.call(this.#connection.api.GET('/api/v2/storage-devices/{deviceId}/', init))
  }

  /** Saves a device. Nothing is launched, and nothing costs, before `submit`. */
  create(device: StorageDeviceCreate, options: CallOptions = {}): Promise<StorageDevice> {
    const init = { body: device, ...options }
    return this.#connection.call(this.#connection.api.POST('/api/v2/storage-devices/', init))
  }

  /** Launches a device: from here on it costs, until it is shut down or its walltime is over. */
  submit(deviceId: string, options: CallOptions = {}): Promise<void> {
    const init = { params: { path: { deviceId } }, ...options }
    return this.#connection.done(
      this.#connection.api.POST('/api/v2/storage-devices/{deviceId}/submit/', init),
    )
  }

  /** Ends a device. What is on it is gone then. */
  shutdown(deviceId: string, options: CallOptions = {}): Promise<void> {
    const init = { params: { path: { deviceId } }, ...options }
    return this.#connection.done(
      this.#connection.api.POST('/api/v2/storage-devices/{deviceId}/shutdown/', init),
    )
  }

  /** The device's status history, newest first. A device that is only saved is `Not Started`. */
  statuses(deviceId: string, options?: ListOptions): PagedList<ClusterStatusEntry> {
    const path = { deviceId }
    return this.#connection.list('/api/v2/storage-devices/{deviceId}/statuses/', { path }, options)
  }

  /** Where devices can be launched. */
  regions(options: CallOptions = {}): Promise<StorageRegion[]> {
    return this.#connection.call(
      this.#connection.api.GET('/api/v2/storage-devices/available-regions/', { ...options }),
    )
  }

  /** Copies files of the cloud storage onto the device, into the folder `outputDir` of it. */
  putFiles(
    deviceId: string,
    fileIds: readonly string[],
    options: CallOptions & { outputDir?: string } = {},
  ): Promise<StorageFileDownload> {
    const { outputDir = '', ...rest } = options
    const body = { files: fileIds.map((id) => ({ id })), outputDir }
    const init = { params: { path: { deviceId } }, body, ...rest }
    return this.#connection.call(
      this.#connection.api.POST('/api/v2/storage-devices/{deviceId}/file-downloads/', init),
    )
  }

  /**
   * Waits for one of the statuses of `target`, such as `Started` before the device is attached to a job. Ends as
   * soon as the status cannot come any more. A device that nobody submits stays `Not Started`.
   */
  waitFor(
    deviceId: string,
    target: ClusterStatus | readonly ClusterStatus[],
    options: WaitOptions<ClusterStatusEntry> = {},
  ): Promise<WaitResult<ClusterStatusEntry>> {
    const { call, last } = this.#connection.trace(options)
    const read = () => this.statuses(deviceId, call).toArray()
    const watched = { ...watchDevice([target].flat(), read), lastRequest: last }
    return waitUntil(watched, this.#connection.clock, options)
  }
}
