/** A smaller chunk is copied, because what it was cut from may be much larger and would stay in memory. Bytes. */
const copiedBelow = 16 << 10

/** Small chunks are copied together into blocks of this many bytes. */
const blockBytes = 64 << 10

/** Gathers chunks for one large write, without copying those that are large themselves. */
export class ChunkBatch {
  #chunks: Uint8Array[] = []
  #block = Buffer.alloc(0)
  #filled = 0
  bytes = 0

  add(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.bytes += chunk.length
    if (chunk.length < copiedBelow) this.#copy(chunk)
    else this.#keep(chunk)
  }

  /** Everything gathered, in order; the batch is empty afterwards. */
  take(): Uint8Array[] {
    this.#endBlock()
    const chunks = this.#chunks
    this.#chunks = []
    this.bytes = 0
    return chunks
  }

  #keep(chunk: Uint8Array): void {
    this.#endBlock()
    this.#chunks.push(chunk)
  }

  #copy(chunk: Uint8Array): void {
    if (this.#filled + chunk.length > this.#block.length) {
      this.#endBlock()
      if (this.#block.length < chunk.length) this.#block = Buffer.allocUnsafeSlow(blockBytes)
    }
    this.#block.set(chunk, this.#filled)
    this.#filled += chunk.length
  }

  /** What is filled becomes a chunk; the rest of the block is kept for the chunks after it. */
  #endBlock(): void {
    if (this.#filled > 0) this.#chunks.push(this.#block.subarray(0, this.#filled))
    this.#block = this.#block.subarray(this.#filled)
    this.#filled = 0
  }
}
