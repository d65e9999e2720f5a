import {
  type File,
  type FileChanges,
  type FileFilter,
  type FileTypeId,
  fileTypes,
  type NewFile,
} from './file.ts'
import type { FileStore, StoredBytes } from './file-store.ts'
import type { Ids } from './ids.ts'
import type { Instant } from './instant.ts'
import type { Listing } from './listing.ts'
import type { Random } from './random.ts'
import { refuse } from './refusal.ts'
import { SortedSequence } from './sorted-sequence.ts'
import { type FileHome, type FileOrigin, StoredFile } from './stored-file.ts'

/** A tenant's files: names and owners here, bytes in the file store. */
export class FileShelf {
  readonly #byId = new Map<string, StoredFile>()
  readonly #listed = new SortedSequence<StoredFile>()
  /** How many have the same bytes besides one: an input that came back as an output, or that a run still needs. */
  readonly #sharers = new Map<string, number>()
  readonly #store: FileStore
  readonly #ids: Ids
  readonly #home: FileHome

  constructor(store: FileStore, ids: Ids, random: Random, userId: string) {
    this.#store = store
    this.#ids = ids
    this.#home = { random, userId }
  }

  add({ name, typeId = fileTypes.input, bytes }: NewFile, at: Instant): StoredFile {
    return this.#shelve({ name, typeId, bytes, dateUploaded: at, origin: null, outputPath: null })
  }

  addOutput(
    relativePath: string,
    bytes: StoredBytes,
    origin: FileOrigin,
    at: Instant,
    typeId: FileTypeId = fileTypes.output,
  ): StoredFile {
    const name = relativePath.slice(relativePath.lastIndexOf('/') + 1)
    return this.#shelve({ name, typeId, bytes, dateUploaded: at, origin, outputPath: relativePath })
  }

  get(fileId: string): StoredFile | undefined {
    const file = this.#byId.get(fileId)
    return file?.isDeleted ? undefined : file
  }

  linked(fileId: string): StoredFile {
    return this.#byId.get(fileId) ?? refuse({ kind: 'not-found', what: 'file', id: fileId })
  }

  listing(filter: FileFilter): Listing<File> {
    return filter.search ? found(this.#listed, filter.search) : this.#listed
  }

  change(file: StoredFile, { name = file.name, typeId = file.typeId }: FileChanges): void {
    file.name = name
    file.typeId = typeId
    file.version += 1
  }

  /** Jobs keep the deleted file's data as long as they name it; listings and lookups do not. */
  delete(file: StoredFile): Promise<void> {
    file.isDeleted = true
    file.version += 1
    this.#listed.remove(file)
    if (file.links === 0) this.#byId.delete(file.id)
    return this.release(file.bytes)
  }

  link(fileIds: Iterable<string>): void {
    for (const fileId of fileIds) this.linked(fileId).links += 1
  }

  unlink(fileIds: Iterable<string>): void {
    for (const fileId of fileIds) {
      const file = this.linked(fileId)
      file.links -= 1
      if (file.isDeleted && file.links === 0) this.#byId.delete(fileId)
    }
  }

  put(content: Uint8Array): StoredBytes {
    return this.#store.put(content)
  }

  read({ id }: StoredBytes, start: number, end: number): AsyncIterable<Uint8Array> {
    return this.#store.read(id, start, end)
  }

  /** Bytes are kept until everybody who retained them, and the file that has them, released them. */
  retain({ id }: StoredBytes): void {
    this.#sharers.set(id, (this.#sharers.get(id) ?? 0) + 1)
  }

  async release({ id }: StoredBytes): Promise<void> {
    const sharers = this.#sharers.get(id) ?? 0
    if (sharers > 1) this.#sharers.set(id, sharers - 1)
    else if (sharers === 1) this.#sharers.delete(id)
    else await this.#store.remove(id)
  }

  /** Of all files, at the end of their world. */
  async releaseAll(): Promise<void> {
    await Promise.all([...this.#listed].map(({ bytes }) => this.release(bytes)))
  }

  #shelve(file: Omit<ConstructorParameters<typeof StoredFile>[1], 'id' | 'sequence'>): StoredFile {
    const sequence = this.#ids.take('file')
    const stored = new StoredFile(this.#home, { ...file, id: this.#ids.at('file', sequence), sequence })
    this.#byId.set(stored.id, stored)
    this.#listed.add(stored)
    return stored
  }
}

/** Files whose name contains the text, in any case as DRF's search filter does (inferred). */
export function found(files: Iterable<File>, search: string): Listing<File> {
  const wanted = search.toLowerCase()
  const matching = [...files].filter(({ name }) => name.toLowerCase().includes(wanted))
  return listingOf(matching)
}

export const listingOf = <Item>(items: readonly Item[]): Listing<Item> => ({
  count: items.length,
  slice: (start, end) => items.slice(Math.max(start, 0), Math.max(end, 0)),
})
