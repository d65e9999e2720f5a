import { NoSpaceError } from '../errors.ts'
import type { LocalFs } from './local-fs.ts'

// What the file system itself needs for that many bytes, and others write meanwhile.
const RESERVE_BYTES = 16 * 1024 * 1024

/** Fails before anything is asked for, if there is certainly no room for it. */
export async function checkSpace(fs: LocalFs, folder: string, needed: number): Promise<void> {
  const free = await fs.freeBytes(folder).catch(() => undefined)
  if (free === undefined || needed === 0 || free >= needed + RESERVE_BYTES) return
  throw new NoSpaceError(folder, needed, free)
}
