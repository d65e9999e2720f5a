import type { ByteRange } from './ranges.ts'

/** A piece of a file on its way. Bytes from `start` up to `next` are written. */
export interface Segment extends ByteRange {
  next: number
}

/**
 * The pieces of one download, and who fetches which. Every piece is taken once; a connection that finds none
 * left could be given the rest of the slowest one, by cutting that one's `end` (client.md §3B).
 */
export class SegmentPlan {
  readonly size: number
  #segments: readonly Segment[]
  #taken = 0

  /** `ranges` cover `size` bytes, in ascending order. */
  constructor(size: number, ranges: readonly ByteRange[]) {
    this.size = size
    this.#segments = ranges.map((range) => ({ ...range, next: range.start }))
  }

  /** The next piece that nobody fetches yet. */
  take(): Segment | undefined {
    return this.#segments[this.#taken++]
  }

  /** One piece, from the beginning: for servers that know no ranges. */
  restartAsOne(): Segment {
    const whole = { start: 0, end: this.size - 1, next: 0 }
    this.#segments = [whole]
    this.#taken = 1
    return whole
  }

  /** Up to where the file is written without a gap. */
  frontier(): number {
    const open = this.#segments.find(({ next, end }) => next <= end)
    return open ? open.next : this.size
  }

  /** How many bytes are written in all. */
  written(): number {
    return this.#segments.reduce((sum, { start, next }) => sum + next - start, 0)
  }
}
