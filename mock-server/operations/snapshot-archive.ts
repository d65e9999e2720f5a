import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import { dateOf, type Instant } from '../domain/instant.ts'
import type { WorkFolder } from '../domain/work-folder.ts'

/** Packs the files as they are into a zip in the store. A file that goes away meanwhile is packed empty. */
export async function packFolder(folder: WorkFolder, store: FileStore, at: Instant): Promise<StoredBytes> {
  const zip = new yazl.ZipFile()
  const archive = zip.outputStream as Readable
  // The archive's own stream does not hear of what goes wrong with a file.
  zip.on('error', (error: Error) => archive.destroy(error))
  // Names in a zip have no backslashes.
  for (const { relativePath } of await folder.list())
    zip.addReadStreamLazy(relativePath.replaceAll('\\', '_'), { mtime: dateOf(at), mode: 0o100644 }, (use) =>
      use(null, Readable.from(contentOf(folder, relativePath))),
    )
  zip.end()
  return save(archive, store)
}

async function* contentOf(folder: WorkFolder, path: string): AsyncGenerator<Uint8Array> {
  const file = await folder.open(path)
  if (!file) return
  try {
    yield* file.read(0, file.size)
  } finally {
    await file.close()
  }
}

async function save(archive: AsyncIterable<Buffer>, store: FileStore): Promise<StoredBytes> {
  const writer = store.writer()
  try {
    for await (const chunk of archive) await writer.write(chunk)
    return await writer.commit()
  } catch (error) {
    await writer.abort()
    throw error
  }
}
