import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Room } from '../../rooms/room.ts'
import { isMarkedByAny, killAtOnce, loginMarker } from './processes.ts'
import { type RunFolder, removeTree } from './run-folder.ts'
import { forgetRun, recordRun } from './run-ledger.ts'

/** The part of the disk that a job's runs have to themselves besides their own folders: its machine's temporary folders. */
export interface MachineFolder {
  readonly marker: string
  readonly path: string
}

export async function createMachineFolder(root: string, { top }: RunFolder): Promise<MachineFolder> {
  const marker = randomBytes(16).toString('hex')
  const path = join(dirname(top), `machine-${marker}`)
  recordRun(root, marker, relative(root, path))
  await mkdir(path, { recursive: true, mode: 0o700 })
  return { marker, path }
}

export async function removeMachineFolder(root: string, { marker, path }: MachineFolder): Promise<void> {
  await removeTree(path)
  await forgetRun(root, marker)
}

/** Ends what the job's runs left in their room. People who are logged in have their own time to leave. */
export function emptyRoom(room: Room): void {
  for (const pid of room.processes()) if (!isMarkedByAny(pid, loginMarker)) killAtOnce(pid)
  room.closeWhenEmpty()
}
