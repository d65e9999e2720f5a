import type { BytesWriter, StoredBytes } from '../domain/file-store.ts'
import { ChunkBatch } from './chunk-batch.ts'
import type { MemoryContent } from './memory-content.ts'

/** Gathers bytes in memory until they are too many; from then on they go to a spilled file. */
export class MemoryWriter implements BytesWriter {
  readonly #content: MemoryContent
  readonly #limit: number
  readonly #newSpill: () => BytesWriter
  readonly #gathered = new ChunkBatch()
  #spilled: BytesWriter | undefined
  #done = false

  constructor(content: MemoryContent, limit: number, newSpill: () => BytesWriter) {
    this.#content = content
    this.#limit = limit
    this.#newSpill = newSpill
  }

  write(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#spilled !== undefined) return this.#spilled.write(chunk)
    if (this.#done) return Promise.reject(new Error('this writer takes no more bytes'))
    const fits = this.#gathered.bytes + chunk.length <= this.#limit && this.#content.reserve(chunk.length)
    if (!fits) return this.#spill(chunk)
    this.#gathered.add(chunk)
    return undefined
  }

  async commit(): Promise<StoredBytes> {
    if (this.#spilled !== undefined) return this.#spilled.commit()
    if (this.#done) throw new Error('this writer is done already')
    this.#done = true
    const chunks = this.#gathered.take()
    const [only] = chunks
    return this.#content.keep(
      exactly(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks)),
    )
  }

  async abort(): Promise<void> {
    if (this.#spilled !== undefined) return this.#spilled.abort()
    this.#done = true
    this.#content.release(this.#gathered.bytes)
    this.#gathered.take()
  }

  /** What was gathered is bounded by the limit, so it goes at once; only the last wait counts. */
  #spill(chunk: Uint8Array): Promise<void> | undefined {
    this.#content.release(this.#gathered.bytes)
    const writer = this.#newSpill()
    this.#spilled = writer
    let wait: Promise<void> | undefined
    for (const early of [...this.#gathered.take(), chunk]) wait = writer.write(early) ?? wait
    return wait
  }
}

/** The bytes in memory of just their size: a slice would keep all of what it was cut from. */
const exactly = (bytes: Uint8Array): Uint8Array =>
  bytes.length === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes)
