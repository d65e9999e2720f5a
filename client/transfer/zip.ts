import { createWriteStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RescaleError } from '../errors.ts'
import { aborted } from '../failures.ts'
import { fileChunks } from './file-chunks.ts'
import type { PathFilter } from './ignore-file.ts'
import {
  type ArchiveEntry,
  type ArchiveOptions,
  type ArchivePieces,
  archiveOf,
  type ZipArchive,
} from './zip-archive.ts'
import type { OpenMember } from './zip-stream.ts'

export interface ZipOptions extends ArchiveOptions {
  /** Which entries to take, by their path below the folder, with slashes. A folder left out is not entered. */
  filter?: PathFilter
}

/** Zips a folder as a stream, in the order of its paths, folders first; beyond 4 GiB and 65,535 entries as zip64. */
export async function zipFolder(folder: string, options: ZipOptions = {}): Promise<ZipArchive> {
  const { pieces, ...archive } = await folderArchive(folder, options)
  return archive
}

/** The same, to be read as a stream or by pieces. */
export async function folderArchive(
  folder: string,
  options: ZipOptions,
): Promise<ZipArchive & ArchivePieces> {
  const { entries, skipped } = await walk(folder, options.filter ?? (() => true))
  return { ...(await archiveOf(entries, options)), skipped }
}

/** Zips a folder into a file. */
export async function zipToFile(
  folder: string,
  target: string,
  options: ZipOptions & { signal?: AbortSignal } = {},
): Promise<Pick<ZipArchive, 'entries' | 'skipped'>> {
  const { signal } = options
  const { stream, entries, skipped } = await zipFolder(folder, options)
  await pipeline(stream, createWriteStream(target, { flags: 'wx', mode: 0o600 }), {
    ...(signal && { signal }),
  }).catch((error) => {
    throw signal?.aborted ? aborted(signal.reason) : error
  })
  return { entries, skipped }
}

async function walk(folder: string, filter: PathFilter) {
  const entries: ArchiveEntry[] = []
  const skipped: string[] = []
  const visit = async (below: string): Promise<void> => {
    const found = await readdir(join(folder, below), { withFileTypes: true })
    for (const entry of found) {
      const path = below + entry.name
      if (!filter(path, entry.isDirectory())) continue
      const stats = await stat(join(folder, path)).catch(() => undefined)
      if (entry.isDirectory()) {
        const { mode = 0o40755, mtime = new Date(0) } = stats ?? {}
        entries.push({ path: `${path}/`, mode, mtime, size: 0, open: undefined })
        await visit(`${path}/`)
      } else if (stats?.isFile()) {
        const { mode, mtime, size } = stats
        entries.push({ path, mode, mtime, size, open: reading(join(folder, path), size) })
      } else skipped.push(path)
    }
  }
  if (!(await stat(folder)).isDirectory())
    throw new RescaleError(`${folder} is no folder`, { hint: 'A single file is sent with files.upload.' })
  await visit('')
  return { entries: entries.sort(foldersFirst), skipped: skipped.sort() }
}

/** To the file's end, so that one that has grown is noticed. */
const reading =
  (path: string, size: number): OpenMember =>
  ({ reuse }) =>
    fileChunks(path, { start: 0, size, toEnd: true, reuse })

/** As archives always were: `reuse` finds the same bytes. */
function foldersFirst(one: ArchiveEntry, other: ArchiveEntry): number {
  const byKind = Number(one.open !== undefined) - Number(other.open !== undefined)
  return byKind || (one.path < other.path ? -1 : 1)
}
