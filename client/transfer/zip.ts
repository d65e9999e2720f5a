import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { RescaleError } from '../errors.ts'
import type { PathFilter } from './ignore-file.ts'
import { READ_BYTES } from './sources.ts'

export interface ZipOptions {
  /**
   * `store`, the default, takes neither time nor room; `deflate` is smaller, and worth it on lines that are slower than
   * it is: some 10 to 30 MiB/s for text, never for what is compressed already (docs/decisions/0019).
   */
  compression?: 'deflate' | 'store'
  /** Of `deflate`: 1, the default (fast), to 9 (small). */
  level?: number
  /** A folder inside the archive to put everything into. */
  prefix?: string
  /** Which entries to take, by their path below the folder, with slashes. A folder left out is not entered. */
  filter?: PathFilter
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

// A third of the time of level 6, for a tenth more bytes (docs/decisions/0019).
const FAST = 1

interface Entry {
  /** Below the folder, with slashes; a folder's ends with one. */
  readonly path: string
  readonly mode: number
  readonly mtime: Date
  readonly size: number
}

/** Zips a folder as a stream, in the order of its paths; beyond 4 GiB and 65,535 entries as zip64. */
export async function zipFolder(folder: string, options: ZipOptions = {}): Promise<ZipArchive> {
  const { compression = 'store', prefix = '', level = FAST } = options
  const { entries, skipped } = await walk(folder, options.filter ?? (() => true))
  const zip = new ZipFile()
  const root = prefix === '' ? '' : `${prefix.replace(/\/+$/, '')}/`
  for (const entry of entries) {
    const { path, mode, mtime } = entry
    const common = { mode, mtime: options.mtime ?? mtime }
    if (path.endsWith('/')) zip.addEmptyDirectory(root + path, common)
    else {
      const entryOptions = {
        ...common,
        size: entry.size,
        compressionLevel: compression === 'store' ? 0 : level,
      }
      zip.addReadStreamLazy(root + path, entryOptions, (give) => give(null, opened(zip, join(folder, path))))
    }
  }
  const size = await ended(zip, needsZip64Directory(entries, root))
  return { stream: zip.outputStream as Readable, size, entries: entries.length, skipped }
}

/** Zips a folder into a file. */
export async function zipToFile(folder: string, target: string, options: ZipOptions = {}): Promise<void> {
  const { stream } = await zipFolder(folder, options)
  await pipeline(stream, createWriteStream(target, { flags: 'wx', mode: 0o600 }))
}

function opened(zip: ZipFile, path: string): Readable {
  const source = createReadStream(path, { highWaterMark: READ_BYTES })
  // yazl neither listens to the streams that it is given, nor ends them when nobody wants the rest.
  source.on('error', (error) => zip.emit('error', error))
  const close = () => void source.destroy()
  zip.outputStream.once('close', close)
  return source.once('close', () => zip.outputStream.off('close', close))
}

/** Finishes the list of entries. Gives the archive's length, or undefined when it depends on compression. */
function ended(zip: ZipFile, forceZip64Format: boolean): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    // Who reads the stream gets its error, even if it came before.
    zip.outputStream.on('error', () => {})
    // yazl tells errors through an event of its own only, and would let the stream wait for ever.
    zip.on('error', (error: Error) => {
      reject(error)
      ;(zip.outputStream as Readable).destroy(error)
    })
    // The types lack the argument: the total size, or -1.
    const onSize = (size?: number) => resolve(size === undefined || size < 0 ? undefined : size)
    zip.end({ forceZip64Format, comment: '' }, onSize as () => void)
  })
}

// yazl 3.3 counts a zip64 directory into the size from 64 KiB of directory on, and writes one from 4 GiB on:
// 76 bytes too many are announced. Forcing it makes both agree.
function needsZip64Directory(entries: readonly Entry[], root: string): boolean {
  const bytes = entries.reduce(
    (sum, { path }) => sum + MAX_DIRECTORY_RECORD + Buffer.byteLength(root + path),
    0,
  )
  return bytes >= 0xffff
}

// Fixed part, time stamp and zip64 extension of an entry in the directory.
const MAX_DIRECTORY_RECORD = 46 + 9 + 28

async function walk(folder: string, filter: PathFilter) {
  const entries: Entry[] = []
  const skipped: string[] = []
  const visit = async (below: string): Promise<void> => {
    const found = await readdir(join(folder, below), { withFileTypes: true })
    for (const entry of found) {
      const path = below + entry.name
      if (!filter(path, entry.isDirectory())) continue
      const stats = await stat(join(folder, path)).catch(() => undefined)
      if (entry.isDirectory()) {
        const { mode = 0o40755, mtime = new Date(0) } = stats ?? {}
        entries.push({ path: `${path}/`, mode, mtime, size: 0 })
        await visit(`${path}/`)
      } else if (stats?.isFile()) {
        entries.push({ path, mode: stats.mode, mtime: stats.mtime, size: stats.size })
      } else skipped.push(path)
    }
  }
  if (!(await stat(folder)).isDirectory()) throw new RescaleError(`${folder} is no folder`)
  await visit('')
  return { entries: entries.sort((a, b) => (a.path < b.path ? -1 : 1)), skipped: skipped.sort() }
}
