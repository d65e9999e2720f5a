import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, rm, rmdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RunOrder } from '../../domain/executor.ts'
import type { Hall } from '../../rooms/hall.ts'
import { folderName } from './folder-name.ts'
import type { ShellLimits } from './limits.ts'
import { type RunFolder, removeTree } from './run-folder.ts'
import type { RunRooms } from './run-rooms.ts'
import type { Volumes } from './volumes.ts'
import { walkFolder } from './walk-folder.ts'

/**
 * Gives the run its storage devices: `~/storage_{id}` is the device's folder, and on it `jobs/{jobId}/run/{n}` is the
 * run's work folder while it goes on, so that other jobs can look at it. Answers the devices' folders by their names.
 */
export async function mountVolumes(
  order: RunOrder,
  folder: RunFolder,
  volumes: Volumes,
  rooms: RunRooms,
): Promise<Readonly<Record<string, string>>> {
  const mounts: Record<string, string> = {}
  for (const volume of order.volumes) {
    const device = await volumes.open(volume)
    const name = `storage_${folderName(volume.deviceId)}`
    await symlink(device, join(folder.home, name))
    mounts[name] = device
    const place = await placeOn(device, order)
    await removeTree(place)
    await symlink(await workIn(folder, volumes.workOn(volume), await rooms.hallFor(volumes.top)), place)
  }
  return mounts
}

/** Where other runs find the work folder. Not on the device: `rm -r` there must not reach the files of a run. */
async function workIn({ work, marker }: RunFolder, shown: string, hall: Hall | null): Promise<string> {
  if (hall === null) return work
  const place = join(shown, marker)
  await mkdir(place, { mode: 0o700 })
  await hall.show(work, place)
  return place
}

/** Leaves the run's files on its devices: copies, for the files themselves move into the store. */
export async function keepOnVolumes(
  order: RunOrder,
  folder: RunFolder,
  volumes: Volumes,
  { limits, note }: { readonly limits: ShellLimits; readonly note: (text: string) => Promise<void> },
): Promise<void> {
  for (const volume of order.volumes) {
    try {
      const place = await placeOn(volumes.folderOf(volume), order)
      await removeTree(place)
      await copyTree(folder.work, place, limits)
    } catch (error) {
      await note(`the run's files are not on storage device ${volume.deviceId}: ${String(error)}`)
    }
  }
}

/** The run's folder is going; what still leads there goes first. */
export async function unmountVolumes(
  order: RunOrder,
  { marker }: RunFolder,
  volumes: Volumes,
): Promise<void> {
  for (const volume of order.volumes) {
    // Empty here; what other runs see goes with it.
    await rmdir(join(volumes.workOn(volume), marker)).catch(() => {})
    const place = await placeOn(volumes.folderOf(volume), order).catch(() => null)
    const stats = place === null ? null : await lstat(place).catch(() => null)
    if (place !== null && stats?.isSymbolicLink()) await rm(place, { force: true })
  }
}

/** A command may have put a link in the way: nothing is written outside of the device, nor to one that is gone. */
async function placeOn(device: string, { jobId, runId }: RunOrder): Promise<string> {
  if (!(await lstat(device)).isDirectory()) throw new Error('the device is no folder any more')
  let folder = device
  for (const name of ['jobs', folderName(jobId), 'run']) {
    folder = join(folder, name)
    await mkdir(folder, { mode: 0o700 }).catch(() => {})
    if (!(await lstat(folder)).isDirectory()) throw new Error(`${name} is no folder`)
  }
  return join(folder, folderName(runId))
}

async function copyTree(from: string, to: string, { outputFiles, outputBytes }: ShellLimits): Promise<void> {
  let [files, bytes] = [0, 0]
  await mkdir(to, { mode: 0o700 })
  for await (const { path, relativePath, stats } of walkFolder(from)) {
    files += 1
    bytes += stats.size
    if (files > outputFiles || bytes > outputBytes)
      throw new Error('there are too many, or they are too large')
    const target = join(to, relativePath)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(path, target, constants.COPYFILE_FICLONE)
  }
}
