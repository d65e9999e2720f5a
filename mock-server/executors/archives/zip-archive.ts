import { Readable } from 'node:stream'
import type { Entry, ZipFile } from 'yauzl'
import type { FileStore, StoredBytes } from '../../domain/file-store.ts'
import type { ArchiveMember, MemberVisitor } from './archive.ts'

export async function readZip(files: FileStore, bytes: StoredBytes, visit: MemberVisitor): Promise<void> {
  const zip = await openZip(files, bytes)
  try {
    for await (const entry of zip.eachEntry()) {
      await visit(await memberOf(entry), () => contentOf(zip, entry))
    }
  } finally {
    zip.close()
  }
}

async function openZip(files: FileStore, bytes: StoredBytes): Promise<ZipFile> {
  const { fromRandomAccessReaderPromise, RandomAccessReader } = (await import('yauzl')).default
  class StoreReader extends RandomAccessReader {
    override _readStreamForRange(start: number, end: number): Readable {
      return Readable.from(files.read(bytes.id, start, end), { objectMode: false })
    }
  }
  // Names are decoded here: yauzl itself would give up a whole archive for one bad name.
  return fromRandomAccessReaderPromise(new StoreReader(), bytes.size, {
    decodeStrings: false,
    autoClose: false,
  })
}

async function memberOf(entry: Entry): Promise<ArchiveMember> {
  const { getFileNameLowLevel } = (await import('yauzl')).default
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
  const mode = unixMode(entry)
  return {
    name,
    kind: kindOf(name, mode),
    size: entry.uncompressedSize,
    mode: mode === null ? null : mode & 0o777,
  }
}

/** The high half of the external attributes is `st_mode`, if a Unix program made the entry and set it. */
function unixMode(entry: Entry): number | null {
  const madeOnUnix = [3, 19].includes(entry.versionMadeBy >>> 8)
  const mode = entry.externalFileAttributes >>> 16
  return madeOnUnix && mode !== 0 ? mode : null
}

function kindOf(name: string, mode: number | null): ArchiveMember['kind'] {
  const type = (mode ?? 0) & 0o170000
  if (type === 0o120000) return 'link'
  if (name.endsWith('/') || type === 0o040000) return 'folder'
  return type === 0 || type === 0o100000 ? 'file' : 'other'
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  if (!entry.canDecodeFileData()) throw new Error('encrypted, or compressed in a way that is not supported')
  yield* await zip.openReadStreamPromise(entry)
}
