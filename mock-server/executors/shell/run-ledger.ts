import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { bootId, identify, isStillThere, type ProcessIdentity } from '../../process-identity.ts'
import { isBelow } from '../../rooms/room-plan.ts'
import { loginMarker, processesOf, signalProcess } from './processes.ts'
import { standInFolder } from './run-environment.ts'
import { removeRunFolder } from './run-folder.ts'

/** Written before a run starts anything, so that a server that is killed leaves a trace of each of its runs. */
interface RunRecord {
  readonly marker: string
  /** Null until it exists. */
  readonly folder: string | null
  readonly server: ProcessIdentity
  readonly boot: string
}

const lookMs = 10

/** A process that SIGKILL cannot end hangs in the kernel; the start of a server does not wait for it for ever. */
const hopelessAfterMs = 10_000

const ledgerFolder = (root: string): string => join(root, '.runs')
const recordPath = (root: string, marker: string): string => join(ledgerFolder(root), `${marker}.json`)

/** Names a run, or whoever is in the root. */
export const newMarker = (): string => randomBytes(16).toString('hex')

export function recordRun(root: string, marker: string, folder: string | null): void {
  const server = identify(process.pid) ?? { pid: process.pid, startTime: 0 }
  const record: RunRecord = { marker, folder, server, boot: bootId() }
  mkdirSync(ledgerFolder(root), { recursive: true, mode: 0o700 })
  // Whole or not at all, for another server may be reading.
  const draft = join(ledgerFolder(root), `${marker}.draft`)
  writeFileSync(draft, JSON.stringify(record), { mode: 0o600 })
  renameSync(draft, recordPath(root, marker))
}

export const forgetRun = (root: string, marker: string): Promise<void> =>
  rm(recordPath(root, marker), { force: true })

/** Removes the root, unless another server is in it, or a run is left that the next start has to end. */
export async function leaveRoot(root: string, marker: string): Promise<void> {
  await forgetRun(root, marker)
  try {
    // Fails while there is any record: all that is in the root has one.
    await rmdir(ledgerFolder(root))
    await rm(standInFolder(root), { recursive: true, force: true })
    await rmdir(root)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'ENOENT') throw error
  }
}

/** Ends the processes and removes the folders of runs whose server is no more. */
export async function recoverRuns(root: string): Promise<void> {
  const names = await readdir(ledgerFolder(root)).catch(() => [])
  for (const name of names.filter((name) => name.endsWith('.json'))) {
    const record = await readRecord(join(ledgerFolder(root), name))
    if (record === null) await rm(join(ledgerFolder(root), name), { force: true })
    else if (!hasServer(record)) await recoverRun(root, record)
  }
}

const hasServer = ({ server, boot }: RunRecord): boolean => boot === bootId() && isStillThere(server)

async function recoverRun(root: string, { marker, folder }: RunRecord): Promise<void> {
  const top = folder === null ? null : join(root, folder)
  const safe = top !== null && isBelow(root, top) ? top : null
  await endProcesses(marker, safe)
  if (safe !== null) await removeRunFolder(root, safe)
  await forgetRun(root, marker)
}

/** By the marker, never by numbers that were written down: they may belong to others by now. */
async function endProcesses(marker: string, folder: string | null): Promise<void> {
  for (let waited = 0; waited < hopelessAfterMs; waited += lookMs) {
    const left = [
      ...processesOf({ marker, folder, session: null }),
      ...processesOf({ marker, folder: null, session: null, variable: loginMarker }),
    ]
    if (left.length === 0) return
    for (const found of left) signalProcess(found, 'SIGKILL')
    await pause(lookMs)
  }
}

async function readRecord(path: string): Promise<RunRecord | null> {
  try {
    const record: RunRecord = JSON.parse(await readFile(path, 'utf8'))
    return isRecord(record) ? record : null
  } catch {
    return null
  }
}

const isRecord = ({ marker, folder, server, boot }: RunRecord): boolean =>
  /^[0-9a-f]{16,}$/.test(marker) &&
  (folder === null || typeof folder === 'string') &&
  Number.isInteger(server.pid) &&
  typeof server.startTime === 'number' &&
  typeof boot === 'string'
