import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { copyFile, type FileHandle, mkdir, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BytesWriter, FileStore, ReadOptions, StoredBytes } from '../domain/file-store.ts'
import { DiskWriter } from './disk-writer.ts'
import { fileChunks } from './file-chunks.ts'
import { type FileHashing, hashedElsewhereFrom } from './file-hashing.ts'
import { BufferPool } from './io-buffer.ts'
import { hashFile, withPlainFile } from './plain-file.ts'

const newId = (): string => randomBytes(16).toString('hex')

const isId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text)

/**
 * Keeps bytes as plain files below `folder`, which outlives the process: `content/ab/abcd…` when they are whole,
 * `incoming/abcd…` until then. Nothing is forced to the disk, so a power failure may lose the last seconds.
 */
export function diskFileStore(folder: string, options: DiskFileStoreOptions = {}): FileStore {
  return new DiskFileStore(folder, options)
}

export interface DiskFileStoreOptions {
  /** For large files; without it everything is hashed in this thread. Closed with the store. */
  readonly hashing?: FileHashing | undefined
}

class DiskFileStore implements FileStore {
  readonly #content: string
  readonly #incoming: string
  readonly #shards = new Set<string>()
  readonly #buffers = new BufferPool()
  readonly #hashing: FileHashing | undefined

  constructor(folder: string, { hashing }: DiskFileStoreOptions) {
    this.#hashing = hashing
    this.#content = join(folder, 'content')
    this.#incoming = join(folder, 'incoming')
    for (const part of [this.#content, this.#incoming]) mkdirSync(part, { recursive: true })
    // What bears a name of ours here was being written when its process died. The rest is the user's.
    for (const name of readdirSync(this.#incoming)) if (isId(name)) unlinkSync(join(this.#incoming, name))
  }

  writer(): BytesWriter {
    const id = newId()
    const [incoming, hashing] = [this.#incomingPath(id), this.#hashing]
    return new DiskWriter({ id, incoming, content: () => this.#contentFor(id), hashing })
  }

  put(bytes: Uint8Array): StoredBytes {
    const id = newId()
    const path = this.pathOf(id)
    writeFileSync(this.#incomingPath(id), bytes, { flag: 'wx', mode: 0o600 })
    mkdirSync(dirname(path), { recursive: true })
    renameSync(this.#incomingPath(id), path)
    return { id, size: bytes.length, sha512: createHash('sha512').update(bytes).digest('hex') }
  }

  async adopt(path: string): Promise<StoredBytes> {
    const id = newId()
    const found = await withPlainFile(path, (file, size) => this.#hashed(path, file, size))
    const target = await this.#contentFor(id)
    await rename(path, target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EXDEV') throw error
      return this.#moveAcrossDevices(path, id, target)
    })
    return { id, ...found }
  }

  read(id: string, start: number, end: number, options?: ReadOptions): AsyncIterable<Uint8Array> {
    return fileChunks(this.pathOf(id), start, end, options?.lend ? this.#buffers : undefined)
  }

  pathOf(id: string): string {
    // An id may come from a saved world, which a user can edit.
    if (!isId(id)) throw new Error('not an id of this store')
    return join(this.#content, id.slice(0, 2), id)
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true })
  }

  async close(): Promise<void> {
    await this.#hashing?.close()
  }

  async #hashed(path: string, file: FileHandle, size: number): Promise<{ size: number; sha512: string }> {
    if (this.#hashing === undefined || size < hashedElsewhereFrom) return hashFile(file, size)
    const hash = await this.#hashing.file(path)
    try {
      return { size, sha512: await hash.finish(size) }
    } finally {
      hash.stop()
    }
  }

  #incomingPath(id: string): string {
    return join(this.#incoming, id)
  }

  async #contentFor(id: string): Promise<string> {
    const path = this.pathOf(id)
    const shard = dirname(path)
    if (!this.#shards.has(shard)) await mkdir(shard, { recursive: true })
    this.#shards.add(shard)
    return path
  }

  /** Copied to where it is not seen yet, so that a half copy never passes for content. */
  async #moveAcrossDevices(path: string, id: string, target: string): Promise<void> {
    await copyFile(path, this.#incomingPath(id))
    await rename(this.#incomingPath(id), target)
    await unlink(path)
  }
}
