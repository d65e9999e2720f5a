import { rm, unlink } from 'node:fs/promises'
import type { BytesWriter, FileStore, ReadOptions, StoredBytes } from '../domain/file-store.ts'
import { makeTemporaryFolder } from '../temporary-folders.ts'
import { type DiskFileStoreOptions, diskFileStore } from './disk-file-store.ts'
import { MemoryContent } from './memory-content.ts'
import { MemoryWriter } from './memory-writer.ts'
import { withPlainFile } from './plain-file.ts'

/** Logs and scripts stay in memory; what is larger is read in few large pieces, for which a file does as well. */
export const memoryFileLimit = 1 << 20

/** What a test run's small files rarely reach, and a laptop can spare. */
export const memoryTotalLimit = 256 << 20

export interface MemoryFileStoreOptions extends DiskFileStoreOptions {
  /** Content larger than this goes to the spill folder. Bytes. */
  readonly fileLimit?: number
  /** What all content in memory may take together. Bytes. */
  readonly totalLimit?: number
  /** Where the spill folder is made when it is needed; the system's temp folder unless told. */
  readonly temporaryFolder?: string
}

/** Keeps small content in memory and the rest in a temporary folder that goes away with `close`. */
export function memoryFileStore(options: MemoryFileStoreOptions = {}): FileStore {
  return new MemoryFileStore(options)
}

class MemoryFileStore implements FileStore {
  readonly #fileLimit: number
  readonly #temporaryFolder: string | undefined
  readonly #hashing: DiskFileStoreOptions['hashing']
  readonly #content: MemoryContent
  #spill: { readonly folder: string; readonly store: FileStore } | undefined
  #closed = false

  constructor({ fileLimit, totalLimit, temporaryFolder, hashing }: MemoryFileStoreOptions) {
    this.#hashing = hashing
    this.#fileLimit = fileLimit ?? memoryFileLimit
    this.#content = new MemoryContent(totalLimit ?? memoryTotalLimit)
    this.#temporaryFolder = temporaryFolder
  }

  writer(): BytesWriter {
    return new MemoryWriter(this.#content, this.#fileLimit, () => this.#spillStore().writer())
  }

  put(bytes: Uint8Array): StoredBytes {
    const fits = bytes.length <= this.#fileLimit && this.#content.reserve(bytes.length)
    return fits ? this.#content.keep(Uint8Array.from(bytes)) : this.#spillStore().put(bytes)
  }

  adopt(path: string): Promise<StoredBytes> {
    return withPlainFile(path, async (file, size) => {
      if (size > this.#fileLimit) return this.#spillStore().adopt(path)
      const stored = this.put(await file.readFile())
      await unlink(path)
      return stored
    })
  }

  read(id: string, start: number, end: number, options?: ReadOptions): AsyncIterable<Uint8Array> {
    if (this.#content.has(id)) return this.#content.read(id, start, end, options)
    return this.#spilled().read(id, start, end, options)
  }

  pathOf(id: string): string | null {
    return this.#content.has(id) ? null : this.#spilled().pathOf(id)
  }

  async remove(id: string): Promise<void> {
    if (this.#content.has(id)) this.#content.remove(id)
    else await this.#spill?.store.remove(id)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#content.clear()
    if (this.#spill === undefined) return
    await this.#spill.store.close()
    await rm(this.#spill.folder, { recursive: true, force: true })
  }

  /** Where content lies that is not in memory. */
  #spilled(): FileStore {
    if (this.#spill === undefined) throw new Error('not an id of this store')
    return this.#spill.store
  }

  /** Made when first needed: most mocks never see a large file. */
  #spillStore(): FileStore {
    if (this.#closed) throw new Error('the store is closed')
    if (this.#spill === undefined) {
      const folder = makeTemporaryFolder('files', this.#temporaryFolder)
      this.#spill = { folder, store: diskFileStore(folder, { hashing: this.#hashing }) }
    }
    return this.#spill.store
  }
}
