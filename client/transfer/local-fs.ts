import { fdatasync } from 'node:fs'
import { link, open, rename, rm, statfs } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Clock } from '../clock.ts'

/** What transfers ask of the file system besides reading and writing; tests put another in its place. */
export interface LocalFs {
  readonly platform: string
  rename(from: string, to: string): Promise<void>
  link(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** Resolves when what was written to an open file is on the disk itself. */
  syncData(fd: number): Promise<void>
  /** Resolves when the names in a folder are on the disk itself. */
  syncFolder(path: string): Promise<void>
  /** Bytes that this user may still write to the file system that `folder` is on; undefined where it is not told. */
  freeBytes(folder: string): Promise<number | undefined>
}

// On Windows a virus scanner or an indexer may hold a file for a moment after it was written (client.md §2 row 25).
const HELD = new Set(['EPERM', 'EBUSY', 'EACCES'])
const RENAME_TRIES = 10
const FIRST_PAUSE_MS = 50
const LAST_PAUSE_MS = 2_000

export const localFs: LocalFs = {
  platform: process.platform,
  rename,
  link,
  remove: (path) => rm(path, { force: true }),
  syncData: promisify(fdatasync),
  async syncFolder(path) {
    // Windows opens no folders; NTFS has its names in a journal.
    if (process.platform === 'win32') return
    const handle = await open(path, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
  async freeBytes(folder) {
    const { bavail, blocks, bsize } = await statfs(folder)
    // Some network file systems say 0 of 0.
    return blocks > 0 ? bavail * bsize : undefined
  },
}

/** Renames in one step; where somebody holds a file for a moment, tries again. */
export async function renamed(fs: LocalFs, clock: Clock, from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fs.rename(from, to)
    } catch (error) {
      const isHeld = fs.platform === 'win32' && HELD.has(codeOf(error))
      if (!isHeld || attempt >= RENAME_TRIES) throw error
      await clock.sleep(Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LAST_PAUSE_MS))
    }
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
