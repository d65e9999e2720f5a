import { joinChunks } from './http-head.ts'

/** Takes a piece. A promise asks to wait with the next. */
export type Write = (chunk: Uint8Array) => void | Promise<void>

/** What a body tells the connection by which it comes. */
export interface BodyEvents {
  /** More may come. */
  onReady(): void
  /** All of it has come, and was taken. */
  onTaken(): void
  /** The taker failed, as when a disk is full. */
  onRefused(error: unknown): void
  /** What came is no such body. */
  onBroken(error: unknown): void
}

// What is longer is no message for anybody.
const MAX_REFUSAL_BYTES = 1024 * 1024

/**
 * The body of an answer on its way to its taker: piece by piece in order, each when the last was taken. What comes
 * meanwhile waits, and that is little: its connection asks whether it is paused before it reads on.
 */
export class BodyHandover {
  readonly #events: BodyEvents
  /** TLS brings several pieces, however soon one is enough. */
  #waiting: Uint8Array[] = []
  /** Bytes that have not come. */
  #left: number
  #chunked: Buffer | undefined
  #write: Write | undefined
  #paused = true
  #stopped = false

  constructor(length: number | 'chunked', events: BodyEvents) {
    this.#events = events
    this.#left = length === 'chunked' ? 0 : length
    this.#chunked = length === 'chunked' ? Buffer.alloc(0) : undefined
  }

  /** Nobody takes anything now: not yet, or the last piece is still being taken. */
  get isPaused(): boolean {
    return this.#paused
  }

  /** All of it has come; whether the connection lasts does not matter to it any more. */
  get isWhole(): boolean {
    return this.#left === 0 && !this.#chunked
  }

  arrived(chunk: Uint8Array): void {
    if (this.#chunked) return void this.#gather(this.#chunked, chunk)
    if (chunk.byteLength > this.#left)
      return void this.#events.onBroken(new Error('more came than was announced'))
    this.#left -= chunk.byteLength
    if (chunk.byteLength > 0) this.#waiting.push(chunk)
    this.#hand()
  }

  take(write: Write): void {
    this.#write = write
    this.#resume()
  }

  /** Nothing is handed over any more. */
  stop(): void {
    this.#stopped = true
    this.#waiting = []
  }

  /** A refusal in chunks is short: it is handed over whole. */
  #gather(before: Buffer, chunk: Uint8Array): void {
    const all = Buffer.concat([before, chunk])
    this.#chunked = all
    try {
      const whole = all.byteLength > MAX_REFUSAL_BYTES ? Buffer.alloc(0) : joinChunks(all)
      if (!whole) return
      this.#chunked = undefined
      this.#left = whole.byteLength
      this.arrived(whole)
    } catch (error) {
      this.#events.onBroken(error)
    }
  }

  #hand(): void {
    try {
      while (!this.#paused && !this.#stopped) {
        const chunk = this.#waiting.shift()
        if (!chunk) break
        const busy = this.#write?.(chunk)
        if (busy) this.#waitFor(busy)
      }
    } catch (error) {
      return void this.#refused(error)
    }
    if (!this.#paused && !this.#stopped && this.isWhole) this.#events.onTaken()
  }

  #waitFor(busy: Promise<void>): void {
    this.#paused = true
    busy.then(
      () => this.#resume(),
      (error) => this.#refused(error),
    )
  }

  #refused(error: unknown): void {
    if (!this.#stopped) this.#events.onRefused(error)
  }

  #resume(): void {
    if (this.#stopped) return
    this.#paused = false
    this.#hand()
    if (!this.#paused && !this.#stopped && !this.isWhole) this.#events.onReady()
  }
}
