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
import { type Listing, listingOf } from './listing.ts'
import type { Random } from './random.ts'
import { refuse } from './refusal.ts'
import type { ChangeLog } from './saved/change-log.ts'
import type { SavedFile } from './saved/saved-file.ts'
import type { SharedBytes } from './shared-bytes.ts'
import { SortedSequence } from './sorted-sequence.ts'
import { type FileHome, type FileOrigin, StoredFile } from './stored-file.ts'

/** The files of a world, which never change: what is made from them shares them. */
export interface SavedShelf {
  readonly files: ReadonlyMap<string, StoredFile>
  readonly links: ReadonlyMap<string, number>
  readonly listed: SortedSequence<StoredFile>
}

/** A tenant's files: names and owners here, bytes in the file store. */
export class FileShelf {
  #byId = new Map<string, StoredFile>()
  #listed = new SortedSequence<StoredFile>()
  /** How many jobs name a file among their inputs, scripts and the like. */
  #links = new Map<string, number>()
  readonly #store: FileStore
  readonly #shared: SharedBytes
  readonly #ids: Ids
  readonly #home: FileHome
  readonly #changes: ChangeLog | undefined

  constructor(
    store: FileStore,
    shared: SharedBytes,
    ids: Ids,
    random: Random,
    userId: string,
    changes?: ChangeLog,
  ) {
    this.#changes = changes
    this.#store = store
    this.#shared = shared
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

  /** Returns the file that is there in its place from now on. */
  change(file: StoredFile, { name = file.name, typeId = file.typeId }: FileChanges): StoredFile {
    const changed = file.with({ name, typeId })
    this.#byId.set(file.id, changed)
    this.#listed.replace(changed)
    this.#changes?.file(changed)
    return changed
  }

  /** Jobs keep the deleted file's data as long as they name it; listings and lookups do not. */
  delete(file: StoredFile): Promise<void> {
    this.#listed.remove(file)
    if (this.#links.has(file.id)) this.#byId.set(file.id, file.with({ isDeleted: true }))
    else this.#byId.delete(file.id)
    this.#changes?.file(file)
    return this.release(file.bytes)
  }

  link(fileIds: Iterable<string>): void {
    for (const fileId of fileIds) this.#links.set(this.linked(fileId).id, this.#linksTo(fileId) + 1)
  }

  unlink(fileIds: Iterable<string>): void {
    for (const fileId of fileIds) {
      const links = this.#linksTo(fileId) - 1
      if (links > 0) this.#links.set(fileId, links)
      else this.#unlinked(fileId)
    }
  }

  #linksTo(fileId: string): number {
    return this.#links.get(fileId) ?? 0
  }

  #unlinked(fileId: string): void {
    this.#links.delete(fileId)
    const file = this.#byId.get(fileId)
    if (!file?.isDeleted) return
    this.#byId.delete(fileId)
    this.#changes?.file(file)
  }

  put(content: Uint8Array): StoredBytes {
    return this.#store.put(content)
  }

  read({ id }: StoredBytes, start: number, end: number): AsyncIterable<Uint8Array> {
    return this.#store.read(id, start, end)
  }

  /** Bytes are kept until everybody who retained them, and the file that has them, released them. */
  retain(bytes: Pick<StoredBytes, 'id'>): void {
    this.#shared.retain(bytes)
  }

  releaseAll(all: Iterable<Pick<StoredBytes, 'id'>>): Promise<void> {
    return this.#shared.releaseAll(all)
  }

  release(bytes: Pick<StoredBytes, 'id'>): Promise<void> {
    return this.#shared.release(bytes)
  }

  /** Also a deleted one; undefined when there is none. */
  find(fileId: string): StoredFile | undefined {
    return this.#byId.get(fileId)
  }

  /** Deleted files that jobs still name included. */
  all(): Iterable<StoredFile> {
    return this.#byId.values()
  }

  save(): SavedShelf {
    return { files: new Map(this.#byId), links: new Map(this.#links), listed: this.#listed.copy() }
  }

  /** Takes the place of all that was here. The bytes are held for it already. */
  load({ files, links, listed }: SavedShelf): void {
    this.#byId = new Map(files)
    this.#links = new Map(links)
    this.#listed = listed.copy()
  }

  #shelve(file: Omit<SavedFile, 'id' | 'sequence' | 'isDeleted' | 'version'>): StoredFile {
    const sequence = this.#ids.take('file')
    const id = this.#ids.at('file', sequence)
    const stored = new StoredFile(this.#home, { ...file, id, sequence, isDeleted: false, version: 1 })
    this.#byId.set(stored.id, stored)
    this.#listed.add(stored)
    this.#changes?.file(stored)
    return stored
  }
}

/** Files whose name contains the text, in any case as DRF's search filter does (inferred). */
export function found(files: Iterable<File>, search: string): Listing<File> {
  const wanted = search.toLowerCase()
  const matching = [...files].filter(({ name }) => name.toLowerCase().includes(wanted))
  return listingOf(matching)
}
