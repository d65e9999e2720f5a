import { createWriteStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { RescaleError } from '../errors.ts'

export interface ZipOptions {
  /** `store` needs no temporary file and no time; `deflate`, the default, is smaller. */
  compression?: 'deflate' | 'store'
  /** 1 (fast) to 9 (small). */
  level?: number
  /** A folder inside the archive to put everything into. */
  prefix?: string
  /** Which entries to take, by their path below the folder, with slashes. A folder left out is not entered. */
  filter?: (path: string) => boolean
  /** The time to give all entries, for archives that are equal byte for byte. */
  mtime?: Date
}

/** A folder as an archive, to be read once. */
export interface ZipArchive {
  readonly stream: Readable
  /** The archive's length, known beforehand for `store` only. */
  readonly size: number | undefined
  readonly entries: number
  /** Links to folders, sockets and the like, which are left out. */
  readonly skipped: readonly string[]
}

interface Entry {
  /** Below the folder, with slashes; a folder's ends with one. */
  readonly path: string
  readonly mode: number
  readonly mtime: Date
}

/** Zips a folder as a stream, in the order of its paths; beyond 4 GiB and 65,535 entries as zip64. */
export async function zipFolder(folder: string, options: ZipOptions = {}): Promise<ZipArchive> {
  const { compression = 'deflate', prefix = '', level = 6 } = options
  const { entries, skipped } = await walk(folder, options.filter ?? (() => true))
  const zip = new ZipFile()
  const root = prefix === '' ? '' : `${prefix.replace(/\/+$/, '')}/`
  for (const { path, mode, mtime } of entries) {
    const common = { mode, mtime: options.mtime ?? mtime }
    if (path.endsWith('/')) zip.addEmptyDirectory(root + path, common)
    else {
      const compressionLevel = compression === 'store' ? 0 : level
      zip.addFile(join(folder, path), root + path, {
        ...common,
        compress: compressionLevel > 0,
        compressionLevel,
      })
    }
  }
  const size = await finished(zip)
  return { stream: zip.outputStream as Readable, size, entries: entries.length, skipped }
}

/** Zips a folder into a file. */
export async function zipToFile(folder: string, target: string, options: ZipOptions = {}): Promise<void> {
  const { stream } = await zipFolder(folder, options)
  await pipeline(stream, createWriteStream(target, { flags: 'wx', mode: 0o600 }))
}

// yazl tells errors through its own event only, and would let a stream wait for ever.
function finished(zip: ZipFile): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    zip.on('error', (error: Error) => {
      reject(error)
      ;(zip.outputStream as Readable).destroy(error)
    })
    // The types lack the argument: the total size, or -1 when it depends on compression.
    const onSize = (size?: number) => resolve(size === undefined || size < 0 ? undefined : size)
    zip.end({ forceZip64Format: false, comment: '' }, onSize as () => void)
  })
}

async function walk(folder: string, filter: (path: string) => boolean) {
  const entries: Entry[] = []
  const skipped: string[] = []
  const visit = async (below: string): Promise<void> => {
    const found = await readdir(join(folder, below), { withFileTypes: true })
    for (const entry of found) {
      const path = below + entry.name
      if (!filter(path)) continue
      const stats = await stat(join(folder, path)).catch(() => undefined)
      if (entry.isDirectory()) {
        entries.push({ path: `${path}/`, mode: stats?.mode ?? 0o40755, mtime: stats?.mtime ?? new Date(0) })
        await visit(`${path}/`)
      } else if (stats?.isFile()) {
        entries.push({ path, mode: stats.mode, mtime: stats.mtime })
      } else skipped.push(path)
    }
  }
  if (!(await stat(folder)).isDirectory()) throw new RescaleError(`${folder} is no folder`)
  await visit('')
  return { entries: entries.sort((a, b) => (a.path < b.path ? -1 : 1)), skipped: skipped.sort() }
}
