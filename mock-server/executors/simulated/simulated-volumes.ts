import { posix } from 'node:path'
import type { RunOrder, StorageVolume } from '../../domain/executor.ts'
import type { Instant } from '../../domain/instant.ts'
import type { SavedVolume, SavedVolumeContent } from '../../domain/saved/saved-volume.ts'
import { type Content, type SimulatedFile, sizeOf, type WorkFolder } from './work-folder.ts'

/** Of one device. Files beyond are left out; bytes beyond are only known to be there. */
const maxFiles = 10_000
const maxBytes = 16 * 1024 * 1024
/** Of all paths of a device, as they are written down: with its bytes as base64 they are a line that a world file may have. */
const maxPathText = 4 * 1024 * 1024

interface VolumeFile {
  readonly content: SavedVolumeContent
  /** When it is there: runs are planned before they happen. */
  readonly at: Instant
}

/** Of a device, by paths from its folder. */
interface Volume {
  readonly files: Map<string, VolumeFile>
  bytes: number
  pathText: number
}

/** Storage devices in memory. */
export class SimulatedVolumes {
  readonly #volumes = new Map<string, Volume>()

  /** Shows a run that begins now what is on its devices. Returns what keeps the changes that it makes. */
  mount(order: RunOrder, folder: WorkFolder): () => void {
    const now = order.now()
    const mounted = order.volumes.map((volume) => {
      const top = posix.join(folder.home, `storage_${volume.deviceId}`)
      folder.makeFolder(top)
      const files = new Map<string, SimulatedFile>()
      for (const [path, { content, at }] of this.#of(volume).files) {
        if (at > now) continue
        const file: SimulatedFile = { content, after: 0 }
        files.set(path, file)
        folder.write(posix.join(top, path), file)
      }
      return { volume, top, files }
    })
    return () => {
      for (const { volume, top, files } of mounted) {
        const left = new Map(folder.entries(top))
        for (const path of files.keys()) if (!left.has(path)) this.#remove(volume, path)
        for (const [path, file] of left) if (files.get(path) !== file) this.#keep(volume, path, file, now)
        this.#keepOutputs(volume, order, folder, now)
      }
    }
  }

  put(volume: StorageVolume, path: string, content: Content, at: Instant): void {
    const device = this.#of(volume)
    this.#remove(volume, path)
    const pathText = textOf(path)
    if (device.files.size >= maxFiles || device.pathText + pathText > maxPathText) return
    const kept = this.#fitting(volume, content)
    device.files.set(path, { content: kept, at })
    device.bytes += weightOf(kept)
    device.pathText += pathText
  }

  release({ tenantId, deviceId }: StorageVolume): void {
    this.#volumes.delete(`${tenantId}/${deviceId}`)
  }

  save(tenantId: string): SavedVolume[] {
    return [...this.#volumes].flatMap(([key, { files }]) => {
      const [tenant, deviceId = ''] = key.split('/')
      const saved = Array.from(files, ([path, file]) => ({ path, ...file }))
      return tenant === tenantId ? [{ deviceId, files: saved }] : []
    })
  }

  load(tenantId: string, volumes: readonly SavedVolume[]): void {
    for (const key of this.#volumes.keys()) if (key.startsWith(`${tenantId}/`)) this.#volumes.delete(key)
    for (const { deviceId, files } of volumes)
      for (const { path, content, at } of files) this.put({ tenantId, deviceId }, path, content, at)
  }

  /** What the run leaves in its work folder is on the device, too. */
  #keepOutputs(volume: StorageVolume, order: RunOrder, folder: WorkFolder, startsAt: Instant): void {
    const place = posix.join('jobs', order.jobId, 'run', order.runId)
    for (const [path, file] of folder.entries()) this.#keep(volume, posix.join(place, path), file, startsAt)
  }

  #keep(volume: StorageVolume, path: string, { content, after }: SimulatedFile, startsAt: Instant): void {
    this.put(volume, path, content, startsAt + after)
  }

  #remove(volume: StorageVolume, path: string): void {
    const device = this.#of(volume)
    const file = device.files.get(path)
    if (!file) return
    device.files.delete(path)
    device.bytes -= weightOf(file.content)
    device.pathText -= textOf(path)
  }

  /** Stored bytes may go with the file that has them; a device's own are kept as text, or only known to be there. */
  #fitting(volume: StorageVolume, content: Content): SavedVolumeContent {
    const own: SavedVolumeContent =
      content.kind !== 'stored'
        ? content
        : content.text === null
          ? { kind: 'unkept', size: content.bytes.size }
          : { kind: 'bytes', bytes: Buffer.from(content.text) }
    const fits = this.#of(volume).bytes + weightOf(own) <= maxBytes
    return fits ? own : { kind: 'unkept', size: sizeOf(own) }
  }

  #of({ tenantId, deviceId }: StorageVolume): Volume {
    const key = `${tenantId}/${deviceId}`
    const known = this.#volumes.get(key)
    if (known) return known
    const made: Volume = { files: new Map(), bytes: 0, pathText: 0 }
    this.#volumes.set(key, made)
    return made
  }
}

const textOf = (path: string): number => Buffer.byteLength(JSON.stringify(path))

const weightOf = (content: SavedVolumeContent): number =>
  content.kind === 'bytes' ? content.bytes.length : 0
