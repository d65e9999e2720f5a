import { dirname } from 'node:path'
import type { BytesWriter, FileStore, ReadOptions, StoredBytes } from '../domain/file-store.ts'
import type { CheckedContent } from './checked-content.ts'
import { syncPath } from './sync-path.ts'

/** Files that are forced to the disk at once. */
const SYNCED_AT_ONCE = 8

/**
 * A file store on a disk, in step with the database: what records name is forced to the disk before they are, and bytes are
 * removed when the records that named them are gone from the disk.
 */
export class DurableFiles implements FileStore {
  readonly #store: FileStore
  readonly #checked: Pick<CheckedContent, 'add'>
  readonly #unsynced = new Set<string>()
  #unneeded: string[] = []

  constructor(store: FileStore, checked: Pick<CheckedContent, 'add'>) {
    this.#store = store
    this.#checked = checked
  }

  writer(): BytesWriter {
    const writer = this.#store.writer()
    return {
      write: (chunk) => writer.write(chunk),
      commit: async () => this.#note(await writer.commit()),
      abort: () => writer.abort(),
    }
  }

  put(bytes: Uint8Array): StoredBytes {
    return this.#note(this.#store.put(bytes))
  }

  async adopt(path: string): Promise<StoredBytes> {
    return this.#note(await this.#store.adopt(path))
  }

  read(id: string, start: number, end: number, options?: ReadOptions): AsyncIterable<Uint8Array> {
    return this.#store.read(id, start, end, options)
  }

  pathOf(id: string): string | null {
    return this.#store.pathOf(id)
  }

  async remove(id: string): Promise<void> {
    this.#unneeded.push(id)
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  /** Bytes that no record names any more, once what is told by now is on the disk. */
  takeUnneeded(): readonly string[] {
    const unneeded = this.#unneeded
    this.#unneeded = []
    for (const id of unneeded) this.#unsynced.delete(id)
    return unneeded
  }

  async sweep(unneeded: readonly string[]): Promise<void> {
    for (const id of unneeded) await this.#store.remove(id)
  }

  /** Forces to the disk what was stored until now. */
  async sync(): Promise<void> {
    const ids = [...this.#unsynced]
    const stored = ids.map((id) => ({ id, path: this.#store.pathOf(id) ?? '' })).filter(({ path }) => path)
    const paths = stored.map(({ path }) => path)
    for (let at = 0; at < paths.length; at += SYNCED_AT_ONCE)
      await Promise.all(paths.slice(at, at + SYNCED_AT_ONCE).map(syncPath))
    // Their names, too.
    const folders = paths.flatMap((path) => [dirname(path), dirname(dirname(path))])
    await Promise.all([...new Set(folders)].map(syncPath))
    // Not before: when the disk refuses, they are tried again.
    for (const id of ids) this.#unsynced.delete(id)
    await this.#checked.add(stored)
  }

  #note(stored: StoredBytes): StoredBytes {
    this.#unsynced.add(stored.id)
    return stored
  }
}
