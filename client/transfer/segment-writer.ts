import { IntegrityError } from '../errors.ts'
import type { Segment } from './segments.ts'

/** Takes the bytes of a download, in order within a segment. */
export interface Sink {
  write(chunks: readonly Uint8Array[], position: number): Promise<void>
}

/** The segment has all it needs: another connection has taken the rest over. */
export class Enough extends Error {}

// Below 256 KiB the system calls cost more than the bytes; 1 MiB measured best (client.md §3C).
export const GATHER_BYTES = 1024 * 1024

/**
 * Puts what one connection receives into the sink: gathered into large writes, one at a time, while the next
 * is being received. `segment.next` moves only when the bytes are written.
 */
export class SegmentWriter {
  readonly #segment: Segment
  readonly #sink: Sink
  readonly #onWritten: (chunks: readonly Uint8Array[], bytes: number) => void
  readonly #askedEnd: number
  #gathered: Uint8Array[] = []
  #gatheredBytes = 0
  #writing: Promise<void> | undefined
  #failure: unknown

  /** `askedEnd` is the last byte that the request asked for: the segment may have become shorter since. */
  constructor(
    segment: Segment,
    askedEnd: number,
    sink: Sink,
    onWritten: (chunks: readonly Uint8Array[], bytes: number) => void,
  ) {
    this.#segment = segment
    this.#askedEnd = askedEnd
    this.#sink = sink
    this.#onWritten = onWritten
    segment.received = segment.next
  }

  /** Takes a chunk. The promise, when there is one, asks to wait before the next. Throws `Enough` at the end. */
  add(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#failure) throw this.#failure
    const segment = this.#segment
    if (segment.received + chunk.byteLength > this.#askedEnd + 1) {
      throw new IntegrityError(`The server sent more than the bytes ${segment.start}-${this.#askedEnd}`)
    }
    const wanted = chunk.subarray(0, segment.end + 1 - segment.received)
    segment.received += wanted.byteLength
    this.#gathered.push(wanted)
    this.#gatheredBytes += wanted.byteLength
    if (segment.received > segment.end && segment.end < this.#askedEnd) throw new Enough()
    if (this.#gatheredBytes < GATHER_BYTES) return undefined
    if (this.#writing) return this.#writing.then(() => this.#writeNow())
    this.#writeNow()
    return undefined
  }

  /** Writes what is left, and waits for all of it. */
  async flush(): Promise<void> {
    await this.#writing
    this.#writeNow()
    await this.#writing
    if (this.#failure) throw this.#failure
  }

  #writeNow(): void {
    if (this.#gatheredBytes === 0 || this.#failure) return
    const chunks = this.#gathered
    const bytes = this.#gatheredBytes
    this.#gathered = []
    this.#gatheredBytes = 0
    this.#writing = this.#sink
      .write(chunks, this.#segment.next)
      .then(
        () => {
          this.#segment.next += bytes
          this.#onWritten(chunks, bytes)
        },
        (error: unknown) => {
          this.#failure = error
        },
      )
      .finally(() => {
        this.#writing = undefined
      })
  }
}
