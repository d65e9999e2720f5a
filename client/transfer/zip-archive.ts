import type { Readable } from 'node:stream'
import { ArgumentError } from '../errors.ts'
import { type OpenMember, storedSize, type ZipMember, zipPieces, zipStream } from './zip-stream.ts'

/** How an archive is made. */
export interface ArchiveOptions {
  /**
   * `store`, the default, takes neither time nor room; `deflate` is smaller, and worth it on lines that are slower than
   * it is: some 5 to 30 MiB/s for text, never for what is compressed already (docs/decisions/0019).
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

/** With `reuse`, a piece may be overwritten once the next is asked for. */
export interface ArchivePieces {
  pieces(options: { readonly reuse: boolean }): AsyncIterable<Uint8Array>
}

/** What goes into an archive. */
export interface ArchiveEntry {
  /** Below the folder, with slashes; a folder's ends with one. */
  readonly path: string
  readonly mode: number
  readonly mtime: Date
  readonly size: number
  /** Its bytes, opened when it is their turn; undefined for folders. */
  readonly open: OpenMember | undefined
}

// A fifth of the time of level 6 for a mesh, for a tenth more bytes (docs/decisions/0019).
const FAST = 1
const STORED = 0

/** Makes an archive of entries in their order, read as the archive is: as the stream, or by who asks for its pieces. */
export async function archiveOf(
  entries: readonly ArchiveEntry[],
  options: ArchiveOptions,
): Promise<Omit<ZipArchive, 'skipped'> & ArchivePieces> {
  const level = options.compression === 'deflate' ? (options.level ?? FAST) : STORED
  const { prefix = '', mtime } = options
  const root = prefix === '' ? '' : `${prefix.replace(/\/+$/, '')}/`
  const members = entries.map((entry) => memberOf(entry, root, mtime ?? entry.mtime, level))
  const size = level === STORED ? storedSize(members) : undefined
  const pieces = ({ reuse }: { readonly reuse: boolean }) => zipPieces(members, { level, reuse })
  return { stream: zipStream(members, level), pieces, size, entries: entries.length }
}

function memberOf(entry: ArchiveEntry, root: string, mtime: Date, level: number): ZipMember {
  const { path, mode, size, open } = entry
  const method = open && level !== STORED ? 'deflate' : 'store'
  return { name: nameOf(root + path), mode, mtime, method, size, isFolder: !open, open }
}

/** A path as it stands in an archive: with slashes (APPNOTE 4.4.17), and below the folder that it is unpacked into. */
function nameOf(path: string): Buffer {
  const name = path.replaceAll('\\', '/')
  if (name === '' || /^(\/|[a-z]:)|(^|\/)\.\.(\/|$)/i.test(name))
    throw new ArgumentError(`${path} cannot stand in an archive: it leads out of where that is unpacked`)
  return Buffer.from(name)
}
