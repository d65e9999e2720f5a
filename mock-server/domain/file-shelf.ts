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
import { bytesOfFiles, bytesOfShelf } from './saved/held-bytes.ts'
import type { SavedFile } from './saved/saved-file.ts'
import type { SharedBytes } from './shared-bytes.ts'
import { SortedSequence } from './sorted-sequence.ts'
import { type FileHome, type FileOrigin, StoredFile } from './stored-file.ts'

/** The files of a world, which never change: what is made from them shares them. */
export interface SavedShelf {
  readonly files: ReadonlyMap<string, StoredFile>
  /** How many jobs name a file among their inputs, scripts and the like. */
  readonly links: ReadonlyMap<string, number>
  /** Nobody may change it. */
  readonly listed: SortedSequence<StoredFile>
}

interface OwnShelf extends SavedShelf {
  readonly files: Map<string, StoredFile>
  readonly links: Map<string, number>
}

/** A tenant's files: names and owners here, bytes in the file store. */
export class FileShelf {
  #shelf: SavedShelf
  /** The same, unless it is a saved world's, too: then it is copied by the first change. */
  #own: OwnShelf | null
  /** The shelf that it began as, whose bytes it holds together, all of them or none. */
  #basis: SavedShelf | null = null
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
    this.#own = { files: new Map(), links: new Map(), listed: new SortedSequence() }
    this.#shelf = this.#own
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
    const file = this.find(fileId)
    return file?.isDeleted ? undefined : file
  }

  linked(fileId: string): StoredFile {
    return this.find(fileId) ?? refuse({ kind: 'not-found', what: 'file', id: fileId })
  }

  listing(filter: FileFilter): Listing<File> {
    return filter.search ? found(this.#shelf.listed, filter.search) : this.#shelf.listed
  }

  /** Returns the file that is there in its place from now on. */
  change(file: StoredFile, { name = file.name, typeId = file.typeId }: FileChanges): StoredFile {
    const changed = file.with({ name, typeId })
    const { files, listed } = this.#toChange()
    files.set(file.id, changed)
    listed.replace(changed)
    this.#changes?.file(changed)
    return changed
  }

  /** Jobs keep the deleted file's data as long as they name it; listings and lookups do not. */
  delete(file: StoredFile): Promise<void> {
    this.#holdEach()
    const { files, links, listed } = this.#toChange()
    listed.remove(file)
    if (links.has(file.id)) files.set(file.id, file.with({ isDeleted: true }))
    else files.delete(file.id)
    this.#changes?.file(file)
    return this.release(file.bytes)
  }

  link(fileIds: Iterable<string>): void {
    const { links } = this.#toChange()
    for (const fileId of fileIds) links.set(this.linked(fileId).id, this.#linksTo(fileId) + 1)
  }

  unlink(fileIds: Iterable<string>): void {
    const own = this.#toChange()
    for (const fileId of fileIds) {
      const links = this.#linksTo(fileId) - 1
      if (links > 0) own.links.set(fileId, links)
      else this.#unlinked(own, fileId)
    }
  }

  #linksTo(fileId: string): number {
    return this.#shelf.links.get(fileId) ?? 0
  }

  #unlinked({ files, links }: OwnShelf, fileId: string): void {
    links.delete(fileId)
    const file = files.get(fileId)
    if (!file?.isDeleted) return
    files.delete(fileId)
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
    return this.#shelf.files.get(fileId)
  }

  /** Deleted files that jobs still name included. */
  all(): Iterable<StoredFile> {
    return this.#shelf.files.values()
  }

  save(): SavedShelf {
    this.#own = null
    return this.#shelf
  }

  /** To be called once, before anything is here. Holds the bytes of all files. */
  load(saved: SavedShelf): void {
    this.#own = null
    this.#shelf = saved
    this.#basis = saved
    this.#shared.retainGroup(saved, () => bytesOfShelf(saved))
  }

  /** Lets go of all bytes that it holds, and of these. */
  async abandon(others: readonly StoredBytes[]): Promise<void> {
    const basis = this.#basis
    const own = basis === this.#shelf ? [] : [...this.all()].filter(({ id }) => !basis?.files.has(id))
    await Promise.all([
      this.#shared.releaseAll([...bytesOfFiles(own), ...others]),
      basis && this.#shared.releaseGroup(basis, () => bytesOfShelf(basis)),
    ])
  }

  /** One of them is about to be held no more. */
  #holdEach(): void {
    const basis = this.#basis
    if (!basis) return
    this.#basis = null
    for (const bytes of bytesOfShelf(basis)) this.#shared.retain(bytes)
    // Nothing is removed, since each is held.
    void this.#shared.releaseGroup(basis, () => bytesOfShelf(basis))
  }

  #toChange(): OwnShelf {
    if (this.#own) return this.#own
    const { files, links, listed } = this.#shelf
    this.#own = { files: new Map(files), links: new Map(links), listed: listed.copy() }
    this.#shelf = this.#own
    return this.#own
  }

  #shelve(file: Omit<SavedFile, 'id' | 'sequence' | 'isDeleted' | 'version'>): StoredFile {
    const sequence = this.#ids.take('file')
    const id = this.#ids.at('file', sequence)
    const stored = new StoredFile(this.#home, { ...file, id, sequence, isDeleted: false, version: 1 })
    const { files, listed } = this.#toChange()
    files.set(stored.id, stored)
    listed.add(stored)
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
