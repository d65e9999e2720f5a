import { hash } from 'node:crypto'
import type { ReadOptions, StoredBytes } from '../domain/file-store.ts'
import { ioBytes } from './io-buffer.ts'

/** Sequences of bytes by id, and how much memory they and those still growing take. */
export class MemoryContent {
  readonly #limit: number
  readonly #files = new Map<string, Uint8Array>()
  #reserved = 0
  #lastId = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** False, and nothing reserved, when the bytes are too many. */
  reserve(bytes: number): boolean {
    if (this.#reserved + bytes > this.#limit) return false
    this.#reserved += bytes
    return true
  }

  release(bytes: number): void {
    this.#reserved -= bytes
  }

  /** Takes over bytes that were reserved before; nobody may change them any more. */
  keep(bytes: Uint8Array): StoredBytes {
    this.#lastId += 1
    const id = `memory-${this.#lastId}`
    this.#files.set(id, bytes)
    return { id, size: bytes.length, sha512: hash('sha512', bytes) }
  }

  has(id: string): boolean {
    return this.#files.has(id)
  }

  /** Lent chunks are the content itself; others are copies, with which a reader may do what it likes. */
  async *read(id: string, start: number, end: number, options?: ReadOptions): AsyncGenerator<Uint8Array> {
    const bytes = this.#files.get(id)?.subarray(start, end) ?? new Uint8Array()
    for (let from = 0; from < bytes.length; from += ioBytes) {
      const to = from + ioBytes
      yield options?.lend ? bytes.subarray(from, to) : bytes.slice(from, to)
    }
  }

  remove(id: string): void {
    this.release(this.#files.get(id)?.length ?? 0)
    this.#files.delete(id)
  }

  clear(): void {
    for (const id of [...this.#files.keys()]) this.remove(id)
  }
}
