import { IntegrityError } from '../errors.ts'
import type { Segment } from './segments.ts'

/** Takes the bytes of a download, in order within a segment. */
export interface Sink {
  write(chunks: readonly Uint8Array[], position: number): Promise<void>
}

// Below 256 KiB the system calls cost more than the bytes; 1 MiB measured best (client.md §3C).
const GATHER_BYTES = 1024 * 1024

/**
 * Puts what one connection receives into the sink: gathered into large writes, one at a time, while the next
 * is being received. `segment.next` moves only when the bytes are written.
 */
export class SegmentWriter {
  readonly #segment: Segment
  readonly #sink: Sink
  readonly #onWritten: () => void
  #gathered: Uint8Array[] = []
  #gatheredBytes = 0
  #received: number
  #writing: Promise<void> | undefined
  #failure: unknown

  constructor(segment: Segment, sink: Sink, onWritten: () => void) {
    this.#segment = segment
    this.#sink = sink
    this.#onWritten = onWritten
    this.#received = segment.next
  }

  /** Takes a chunk. The promise, when there is one, asks to wait before the next. */
  add(chunk: Uint8Array): Promise<void> | undefined {
    if (this.#failure) throw this.#failure
    this.#received += chunk.byteLength
    if (this.#received > this.#segment.end + 1) {
      throw new IntegrityError(
        `The server sent more than the bytes ${this.#segment.start}-${this.#segment.end}`,
      )
    }
    this.#gathered.push(chunk)
    this.#gatheredBytes += chunk.byteLength
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
          this.#onWritten()
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
