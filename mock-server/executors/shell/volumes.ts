import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { StorageVolume, VolumeFile } from '../../domain/executor.ts'
import type { FileStore } from '../../domain/file-store.ts'
import { inputPath } from '../contained-name.ts'
import { folderName } from './folder-name.ts'
import { removeRunFolder, removeTree } from './run-folder.ts'
import { forgetRun, recordRun } from './run-ledger.ts'

/**
 * Storage devices as folders, `{root}/.storage/{marker}/{tenant}/{device}`. They last as long as their devices, which
 * the platform keeps in memory: at the latest they go with the executor, or with the next one in this root.
 */
export class Volumes {
  readonly #root: string
  readonly #top: string
  readonly #marker = randomBytes(16).toString('hex')
  readonly #recovered: Promise<void>
  #isRecorded = false
  #isClosed = false

  constructor(root: string, recovered: Promise<void>) {
    this.#root = root
    this.#recovered = recovered
    this.#top = join(root, '.storage', this.#marker)
  }

  /** Of all devices. */
  get top(): string {
    return this.#top
  }

  folderOf({ tenantId, deviceId }: StorageVolume): string {
    return join(this.#top, folderName(tenantId), folderName(deviceId))
  }

  /** Where runs that have the device see each other's work while it goes on. */
  workOn({ tenantId, deviceId }: StorageVolume): string {
    return join(this.#top, '.work', folderName(tenantId), folderName(deviceId))
  }

  /** Makes the folder when it is first needed. */
  async open(volume: StorageVolume): Promise<string> {
    await this.#recovered
    if (this.#isClosed) throw new Error('the server is closing')
    // Before anything is made, so that a server that is killed leaves a trace of it.
    if (!this.#isRecorded) recordRun(this.#root, this.#marker, relative(this.#root, this.#top))
    this.#isRecorded = true
    await mkdir(this.folderOf(volume), { recursive: true, mode: 0o700 })
    await mkdir(this.workOn(volume), { recursive: true, mode: 0o700 })
    return this.folderOf(volume)
  }

  /** Copies, so that a command that changes one does not change the stored file. */
  async fill(volume: StorageVolume, given: readonly VolumeFile[], files: FileStore): Promise<void> {
    const folder = await this.open(volume)
    for (const { path, bytes } of given) {
      const target = join(folder, inputPath(path))
      await mkdir(dirname(target), { recursive: true })
      await rm(target, { force: true })
      const source = files.pathOf(bytes.id)
      if (source === null)
        await writeFile(target, files.read(bytes.id, 0, bytes.size), { flag: 'wx', mode: 0o755 })
      else {
        await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
        await chmod(target, 0o755)
      }
    }
  }

  release(volume: StorageVolume): Promise<void> {
    return removeTree(this.folderOf(volume))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    if (!this.#isRecorded) return
    await removeRunFolder(this.#root, this.#top)
    await forgetRun(this.#root, this.#marker)
  }
}
