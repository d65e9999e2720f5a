// Below 256 KiB the system calls cost more than the bytes; 1 MiB measured best (client.md §3C).
const BLOCK_BYTES = 1024 * 1024
// One is filled, one gathered, one written, and parts of them in another.
const KEPT = 4
// Less room than that is not worth a system call.
const LEAST_ROOM = 64 * 1024

interface Block {
  readonly bytes: Buffer
  filled: number
  /** Bytes that were handed out, and not given back yet. */
  out: number
}

/**
 * Memory that a socket reads into. What is given back is filled again: with fresh memory for every read, the system
 * would spend as long on clearing it as on the bytes.
 */
export class ReadBlocks {
  readonly #free: Block[] = []
  readonly #byBuffer = new Map<ArrayBufferLike, Block>()
  #current = this.#fresh()

  /** Where the next bytes go. Holds until it is called again. */
  room(): Buffer {
    if (BLOCK_BYTES - this.#current.filled < LEAST_ROOM) this.#next()
    return this.#current.bytes.subarray(this.#current.filled)
  }

  /** The first `length` bytes of the room are filled, and belong to the taker until it gives them back. */
  take(length: number): Buffer {
    const { bytes, filled } = this.#current
    this.#current.filled += length
    this.#current.out += length
    return bytes.subarray(filled, filled + length)
  }

  /** Takers that never do only cost memory that is collected in its time. */
  giveBack(chunk: Uint8Array): void {
    const block = this.#byBuffer.get(chunk.buffer)
    if (!block) return
    block.out -= chunk.byteLength
    if (block.out === 0 && block !== this.#current) this.#recycle(block)
  }

  #next(): void {
    const full = this.#current
    this.#current = this.#free.pop() ?? this.#fresh()
    // Whoever has parts of it keeps it alive; it comes back when all are given back.
    if (full.out === 0) this.#recycle(full)
    else if (this.#byBuffer.size > KEPT) this.#byBuffer.delete(full.bytes.buffer)
  }

  #recycle(block: Block): void {
    block.filled = 0
    if (this.#free.length < KEPT) this.#free.push(block)
    else this.#byBuffer.delete(block.bytes.buffer)
  }

  #fresh(): Block {
    const block = { bytes: Buffer.allocUnsafeSlow(BLOCK_BYTES), filled: 0, out: 0 }
    this.#byBuffer.set(block.bytes.buffer, block)
    return block
  }
}
