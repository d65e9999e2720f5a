import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** How an archive is made. */
export interface ArchiveOptions {
  /**
   * `store`, the default, takes neither time nor room; `deflate` is smaller, and worth it on lines that are slower than
   * it is: some 10 to 30 MiB/s for text, never for what is compressed already (docs/decisions/0019).
   */
  compression?: 'deflate' | 'store'
  /** Of `deflate`: 1, the default (fast), to 9 (small). */
  level?: number
  /** A folder inside the archive to put everything into. */
  prefix?: string
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

/** What goes into an archive. */
export interface ArchiveEntry {
  /** Below the folder, with slashes; a folder's ends with one. */
  readonly path: string
  readonly mode: number
  readonly mtime: Date
  readonly size: number
  /** Its bytes, opened when it is their turn; undefined for folders. */
  readonly open: (() => Readable) | undefined
}

// A third of the time of level 6, for a tenth more bytes (docs/decisions/0019).
const FAST = 1

/** Makes an archive of entries, folders first and in their order, read as the archive is. */
export async function archiveOf(
  entries: readonly ArchiveEntry[],
  options: ArchiveOptions,
): Promise<Omit<ZipArchive, 'skipped'>> {
  const { compression = 'store', prefix = '', level = FAST } = options
  const zip = new ZipFile()
  const root = prefix === '' ? '' : `${prefix.replace(/\/+$/, '')}/`
  for (const { path, mode, mtime, size, open } of foldersFirst(entries)) {
    const common = { mode, mtime: options.mtime ?? mtime }
    const how = { ...common, size, compressionLevel: compression === 'store' ? 0 : level }
    if (open) zip.addReadStreamLazy(root + path, how, (give) => give(null, opened(zip, open)))
    else zip.addEmptyDirectory(root + path, common)
  }
  const size = await ended(zip, needsZip64Directory(entries, root))
  return { stream: zip.outputStream as Readable, size, entries: entries.length }
}

// yazl 3.3 calls itself once more for each folder that follows a file: some thousand are too deep for the stack.
function foldersFirst(entries: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  return [...entries.filter(({ open }) => !open), ...entries.filter(({ open }) => open)]
}

function opened(zip: ZipFile, open: () => Readable): Readable {
  const source = open()
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
function needsZip64Directory(entries: readonly ArchiveEntry[], root: string): boolean {
  const bytes = entries.reduce(
    (sum, { path }) => sum + MAX_DIRECTORY_RECORD + Buffer.byteLength(root + path),
    0,
  )
  return bytes >= 0xffff
}

// Fixed part, time stamp and zip64 extension of an entry in the directory.
const MAX_DIRECTORY_RECORD = 46 + 9 + 28
