import type { FileStore, StoredBytes } from '../../domain/file-store.ts'
import { readTar } from './tar-archive.ts'
import { readZip } from './zip-archive.ts'

export type ArchiveFormat = 'zip' | 'tar'

/** What an archive says of one member, not yet judged. */
export interface ArchiveMember {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** Bytes when unpacked, as the archive claims. */
  readonly size: number
  /** Permission bits; null when the archive has none (made on Windows, say). */
  readonly mode: number | null
}

/** Called for each member in order; `read` may be left alone, then the content is skipped. */
export type MemberVisitor = (member: ArchiveMember, read: () => AsyncIterable<Uint8Array>) => Promise<void>

/**
 * The format by name: .zip, .tar, .tar.gz and .tgz are unpacked. Volumes (`x.7z.001`, `x.zip.001`) and single
 * compressed files (`x.cas.gz`) are not (api-facts §9.4).
 */
export function archiveFormat(name: string): ArchiveFormat | null {
  if (/\.zip$/i.test(name)) return 'zip'
  return /\.(tar|tar\.gz|tgz)$/i.test(name) ? 'tar' : null
}

/** The name without what `archiveFormat` goes by. */
export const archiveStem = (name: string): string => name.replace(/\.(zip|tar|tar\.gz|tgz)$/i, '')

/** Goes through all members; rejects when the bytes are no such archive, or a visitor does. */
export const readArchive = (
  format: ArchiveFormat,
  files: FileStore,
  bytes: StoredBytes,
  visit: MemberVisitor,
): Promise<void> => (format === 'zip' ? readZip(files, bytes, visit) : readTar(files, bytes, visit))
