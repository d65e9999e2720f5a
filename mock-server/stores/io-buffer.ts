/** Reads and writes of this many bytes keep the system calls few; larger ones gain nothing (docs/performance.md). */
export const ioBytes = 1 << 20

// The kernel copies into 64-byte aligned memory up to twice as fast as elsewhere. glibc starts a block of
// this size 16 bytes into a page. Where that is not so, nothing is lost but the gain.
const toAlignment = 48

/** A buffer for reading files into, aligned where the platform's allocator allows. */
export const ioBuffer = (bytes: number): Buffer =>
  bytes < ioBytes
    ? Buffer.allocUnsafeSlow(bytes)
    : Buffer.allocUnsafeSlow(bytes + toAlignment).subarray(toAlignment)

/** Buffers that wait for their next reader: two for each of ten ranges that are read at once. */
const idleLimit = 20

/** Lends buffers of `ioBytes`, so that many readers after each other do not leave as much garbage. */
export class BufferPool {
  readonly #idle: Buffer[] = []

  take(): Buffer {
    return this.#idle.pop() ?? ioBuffer(ioBytes)
  }

  /** Nobody may use the buffer any more. */
  giveBack(buffer: Buffer): void {
    if (this.#idle.length < idleLimit) this.#idle.push(buffer)
  }
}
