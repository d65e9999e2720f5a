import type { Instant } from '../domain/instant.ts'

export interface EntryTimes {
  /** Real time in milliseconds since 1970. */
  readonly startedAt: number
  readonly durationMilliseconds: number
  readonly virtualTime: Instant | null
}

/** What a new ring has room for; it doubles until it has its limit. Entries. */
const FIRST_ROOM = 32

/** Of each entry: when it began, how long it took, its virtual time (NaN for none), and its weight. */
const COLUMNS = 4

/**
 * The latest entries, by number. What is each one's own are numbers, which lie outside of the garbage collector's heap;
 * what was said is often the same as before, and then is one object for many entries. Thousands of objects that live for
 * some seconds would be copied about, and make the heap grow.
 */
export class EntryRing<Said> {
  readonly #limit: number
  #said: (Said | undefined)[] = []
  #numbers = new Float64Array(0)
  /** The number whose place is the first. */
  #base = 1
  #first = 1
  #next = 1
  /** Of all entries together. */
  weight = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** The lowest number there is, if there is any. */
  get first(): number {
    return this.#first
  }

  /** The number of the latest entry ever; 0 before the first. */
  get last(): number {
    return this.#next - 1
  }

  get count(): number {
    return this.#next - this.#first
  }

  get isFull(): boolean {
    return this.count >= this.#limit
  }

  /** To be called only when it is not full. Returns the entry's number. */
  add(said: Said, weight: number, { startedAt, durationMilliseconds, virtualTime }: EntryTimes): number {
    const number = this.#next
    const place = this.#placeOf(number)
    const at = place * COLUMNS
    if (at >= this.#numbers.length) this.#grow()
    this.#said[place] = said
    this.#numbers[at] = startedAt
    this.#numbers[at + 1] = durationMilliseconds
    this.#numbers[at + 2] = virtualTime ?? Number.NaN
    this.#numbers[at + 3] = weight
    this.weight += weight
    this.#next = number + 1
    return number
  }

  /** Undefined when it was dropped, or never was. */
  said(number: number): Said | undefined {
    return number < this.#first || number >= this.#next ? undefined : this.#said[this.#placeOf(number)]
  }

  /** Of an entry that there is. */
  times(number: number): EntryTimes {
    const at = this.#placeOf(number) * COLUMNS
    const [startedAt = 0, durationMilliseconds = 0, virtualTime = Number.NaN] = this.#numbers.subarray(at)
    return { startedAt, durationMilliseconds, virtualTime: Number.isNaN(virtualTime) ? null : virtualTime }
  }

  /** An entry that there is says something else now, and took longer. */
  change(number: number, said: Said, durationMilliseconds: number): void {
    const place = this.#placeOf(number)
    this.#said[place] = said
    this.#numbers[place * COLUMNS + 1] = durationMilliseconds
  }

  dropFirst(): void {
    const place = this.#placeOf(this.#first)
    this.#said[place] = undefined
    this.weight -= this.#numbers[place * COLUMNS + 3] ?? 0
    this.#first += 1
  }

  /** Numbers go on, so that nobody takes a new entry for an old one. */
  clear(): void {
    this.#base = this.#next
    this.#first = this.#next
    this.#said = []
    this.#numbers = new Float64Array(0)
    this.weight = 0
  }

  #placeOf(number: number): number {
    return (number - this.#base) % this.#limit
  }

  // Until there is room for all, no place was used twice, so every entry stays where it is.
  #grow(): void {
    const room = Math.min(Math.max(FIRST_ROOM, (this.#numbers.length / COLUMNS) * 2), this.#limit)
    const larger = new Float64Array(room * COLUMNS)
    larger.set(this.#numbers)
    this.#numbers = larger
  }
}
