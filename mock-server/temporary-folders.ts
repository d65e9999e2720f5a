import { createHash } from 'node:crypto'
import { lstatSync, mkdtempSync, readlinkSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootId, hasProc, identify, isStillThere, type ProcessIdentity } from './process-identity.ts'

const OWNED = /^localscale-(?:files|homes)-([0-9a-f]{8})-(\d+)-(\d+)-\w{6}$/

/**
 * Makes a folder of this process in the system's temporary one. Its name tells whose it is, so that a server that is
 * killed leaves no folder that nobody knows.
 */
export function makeTemporaryFolder(kind: 'files' | 'homes', parent: string = tmpdir()): string {
  const own = ownIdentity()
  const owner = own === null ? '' : `${realm()}-${own.pid}-${own.startTime}-`
  return mkdtempSync(join(parent, `localscale-${kind}-${owner}`))
}

/** Removes the folders of processes that are no more. Whatever may be somebody's stays: so do those of other machines. */
export async function removeAbandonedFolders(parent: string = tmpdir()): Promise<void> {
  if (ownIdentity() === null) return
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(parent, entry.name)
    if (!entry.isDirectory() || !isAbandoned(entry.name) || !isOurs(path)) continue
    // Another server may be about the same.
    await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

/** Null where `/proc` tells of processes that have other numbers here, as in a container that was given another one's. */
function ownIdentity(): ProcessIdentity | null {
  if (!hasProc) return { pid: process.pid, startTime: 0 }
  try {
    return readlinkSync('/proc/self') === String(process.pid) ? identify(process.pid) : null
  } catch {
    return null
  }
}

function isAbandoned(name: string): boolean {
  const [, place, pid, startTime] = OWNED.exec(name) ?? []
  const owner: ProcessIdentity = { pid: Number(pid), startTime: Number(startTime) }
  return place !== undefined && place === realm() && !isStillThere(owner)
}

function isOurs(path: string): boolean {
  try {
    const { uid } = lstatSync(path)
    return !process.getuid || uid === process.getuid()
  } catch {
    return false
  }
}

/**
 * Where numbers of processes mean the same: this machine since it was booted, and among containers that share a
 * temporary folder this one.
 */
const realm = (): string =>
  createHash('sha256').update([hostname(), bootId(), pidNamespace()].join('\n')).digest('hex').slice(0, 8)

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return 'unknown'
  }
}
