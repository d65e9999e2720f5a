/** Where bytes lie in a ring. They are gone once the ring has come round to them again. */
export interface Slice {
  /** Counted from the ring's first byte ever. */
  readonly at: number
  readonly length: number
}

/** What a new ring takes; most tenants are done with that. Bytes. */
const FIRST_CAPACITY = 64 << 10

/**
 * Bytes that are kept until newer ones need their place. They lie outside of the garbage collector's heap: thousands of
 * pages that live for some seconds would otherwise be copied about by it.
 */
export class BodyRing {
  readonly limit: number
  #buffer = Buffer.alloc(0)
  #written = 0

  constructor(limit: number) {
    this.limit = limit
  }

  get capacity(): number {
    return this.#buffer.length
  }

  /** What is longer than the ring does not fit in. */
  addText(text: string, byteLength: number): Slice {
    if (byteLength === 0) return this.#nothing()
    const slice = this.#take(byteLength)
    const isAscii = byteLength === text.length
    this.#buffer.write(text, slice.at % this.capacity, byteLength, isAscii ? 'latin1' : 'utf8')
    return slice
  }

  add(bytes: Uint8Array): Slice {
    if (bytes.length === 0) return this.#nothing()
    const slice = this.#take(bytes.length)
    this.#buffer.set(bytes, slice.at % this.capacity)
    return slice
  }

  /** Before here, nothing is left. */
  get start(): number {
    return this.#written - this.capacity
  }

  /** Bytes that were written since. */
  ageOf({ at }: Slice): number {
    return this.#written - at
  }

  /** The ring's own memory, good until something is added. */
  bytesOf({ at, length }: Slice): Buffer {
    if (length === 0) return Buffer.alloc(0)
    const start = at % this.capacity
    return this.#buffer.subarray(start, start + length)
  }

  clear(): void {
    this.#buffer = Buffer.alloc(0)
    this.#written = 0
  }

  #nothing(): Slice {
    return { at: this.#written, length: 0 }
  }

  /** Every slice lies in one piece, so the end of the buffer may be left empty. */
  #take(length: number): Slice {
    if (this.#written + length > this.capacity && this.capacity < this.limit) this.#grow(length)
    if (length > this.capacity) throw new RangeError(`${length} bytes do not fit into ${this.capacity}`)
    const room = this.capacity === 0 ? 0 : this.capacity - (this.#written % this.capacity)
    if (room < length) this.#written += room
    const at = this.#written
    this.#written += length
    return { at, length }
  }

  // Up to the limit nothing has come round, so every byte lies where it was counted.
  #grow(length: number): void {
    const needed = Math.max(this.#written + length, this.capacity * 2, FIRST_CAPACITY)
    const larger = Buffer.allocUnsafeSlow(Math.min(needed, this.limit))
    this.#buffer.copy(larger, 0, 0, this.#written)
    this.#buffer = larger
  }
}
