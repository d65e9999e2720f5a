import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, writeFileSync } from 'node:fs'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore, StoredBytes } from '../../domain/file-store.ts'

export interface FolderFileStore extends FileStore {
  text(bytes: StoredBytes): Promise<string>
}

/** A small file store over one folder, with every byte on disk and every hash computed. */
export function folderFileStore(folder: string): FolderFileStore {
  const pathOf = (id: string) => join(folder, id)
  const known = async (id: string): Promise<StoredBytes> => {
    const hash = createHash('sha512')
    for await (const chunk of createReadStream(pathOf(id))) hash.update(chunk)
    return { id, size: (await stat(pathOf(id))).size, sha512: hash.digest('hex') }
  }
  return {
    pathOf,
    writer() {
      const id = randomUUID()
      const stream = createWriteStream(pathOf(id))
      return {
        write: (chunk) =>
          stream.write(chunk) ? undefined : new Promise((resolve) => stream.once('drain', resolve)),
        async commit() {
          await new Promise<void>((resolve) => stream.end(resolve))
          return known(id)
        },
        async abort() {
          stream.destroy()
          await rm(pathOf(id), { force: true })
        },
      }
    },
    put(bytes) {
      const id = randomUUID()
      writeFileSync(pathOf(id), bytes)
      return { id, size: bytes.length, sha512: createHash('sha512').update(bytes).digest('hex') }
    },
    async adopt(path) {
      const id = randomUUID()
      await rename(path, pathOf(id))
      return known(id)
    },
    read: (id, start, end) =>
      start < end ? createReadStream(pathOf(id), { start, end: end - 1, highWaterMark: 1 << 20 }) : nothing(),
    remove: (id) => rm(pathOf(id), { force: true }),
    close: async () => {},
    text: (bytes) => readFile(pathOf(bytes.id), 'utf8'),
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
