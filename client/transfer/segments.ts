import type { ByteRange } from './ranges.ts'

/** A piece of a file on its way. Bytes from `start` up to `next` are written. */
export interface Segment {
  readonly start: number
  /** The last byte; moves down when another connection takes the rest over. */
  end: number
  next: number
  /** Up to where bytes have come, written or not. */
  received: number
  /** Since when, and from where, the present request delivers; for its rate. */
  since: number | undefined
  from: number
  /** Ends the present request. */
  cancel: (() => void) | undefined
}

/**
 * The pieces of one download, and who fetches which. At any time every byte is written, belongs to exactly one
 * piece, or is pending.
 */
export class SegmentPlan {
  readonly size: number
  #pending: ByteRange[]
  #segments: Segment[]

  /** `done` is there already: ranges in ascending order that do not overlap. */
  constructor(size: number, done: readonly ByteRange[] = []) {
    this.size = size
    this.#pending = gapsBetween(done, size)
    this.#segments = done.map(({ start, end }) => aSegment(start, end, end + 1))
  }

  get pendingBytes(): number {
    return this.#pending.reduce((sum, { start, end }) => sum + end - start + 1, 0)
  }

  get gaps(): number {
    return this.#pending.length
  }

  /** Cuts about `bytes` off the front of what nobody fetches yet, and no rest that is shorter than `least`. */
  take(bytes: number, least: number): Segment | undefined {
    const first = this.#pending.shift()
    if (!first) return undefined
    const end = first.end - (first.start + bytes) + 1 < least ? first.end : first.start + bytes - 1
    if (end < first.end) this.#pending.unshift({ start: end + 1, end: first.end })
    return this.#add(first.start, end)
  }

  /** Gives the bytes of a piece from `at` on to a new one. */
  split(segment: Segment, at: number): Segment {
    const { end } = segment
    segment.end = at - 1
    return this.#add(at, end)
  }

  /** Pieces that are being fetched. */
  open(): Segment[] {
    return this.#segments.filter(({ next, end }) => next <= end)
  }

  get isComplete(): boolean {
    return this.#pending.length === 0 && this.#segments.every(({ next, end }) => next > end)
  }

  /** One piece, from the beginning: for servers that know no ranges. */
  restartAsOne(): Segment {
    this.#pending = []
    this.#segments = []
    return this.#add(0, this.size - 1)
  }

  /** Up to where the file is written without a gap. */
  frontier(): number {
    const open = this.open().map(({ next }) => next)
    return Math.min(this.size, ...open, ...this.#pending.map(({ start }) => start))
  }

  /** How many bytes are written in all. */
  written(): number {
    return this.#segments.reduce((sum, { start, next }) => sum + next - start, 0)
  }

  /** All pieces that have begun, with how far each is written. */
  segments(): readonly Segment[] {
    return this.#segments
  }

  #add(start: number, end: number): Segment {
    const segment = aSegment(start, end, start)
    this.#segments.push(segment)
    return segment
  }
}

function aSegment(start: number, end: number, next: number): Segment {
  return { start, end, next, received: next, since: undefined, from: next, cancel: undefined }
}

function gapsBetween(done: readonly ByteRange[], size: number): ByteRange[] {
  const gaps: ByteRange[] = []
  let at = 0
  for (const { start, end } of done) {
    if (start > at) gaps.push({ start: at, end: start - 1 })
    at = Math.max(at, end + 1)
  }
  if (at < size) gaps.push({ start: at, end: size - 1 })
  return gaps
}
