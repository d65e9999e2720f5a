import type { Instant } from './instant.ts'

/** Rows per chunk of memory. */
const chunkLength = 4096
/** Reasons are words of the platform; a number stands for each. */
const reasonLimit = 2 ** 16

interface Chunk {
  readonly at: Float64Array
  /** The row before it in the same history, or the next free row. */
  readonly previous: Int32Array
  readonly reason: Uint16Array
  readonly status: Uint8Array
}

export interface LoggedStatus {
  /** Position in the vocabulary of its machine. */
  readonly status: number
  readonly at: Instant
  readonly reason: string | null
}

/** Stands for "no row". */
export const noRow = -1

/**
 * All histories of a platform, 15 bytes a row: a million finished jobs have thirteen million of them.
 * A history is known by its newest row, each row knows the one before.
 */
export class StatusLog {
  #chunks: Chunk[] = []
  #length = 0
  /** The first of the rows of histories that are gone. */
  #free = noRow
  #reasons: (string | null)[] = [null]
  #numbers = new Map<string | null, number>([[null, 0]])

  /** Returns the new newest row. */
  append(newest: number, { status, at, reason }: LoggedStatus): number {
    const row = this.#emptyRow()
    const chunk = this.#chunkOf(row)
    const place = row % chunkLength
    chunk.at[place] = at
    chunk.previous[place] = newest
    chunk.reason[place] = this.#numberOf(reason)
    chunk.status[place] = status
    return row
  }

  /** A history, newest first. Returns its newest row. */
  appendAll(rows: readonly LoggedStatus[]): number {
    let newest = noRow
    for (let index = rows.length - 1; index >= 0; index -= 1) {
      const row = rows[index]
      if (row) newest = this.append(newest, row)
    }
    return newest
  }

  /** Has the same rows by the same numbers, and goes its own way. */
  copy(): StatusLog {
    const copy = new StatusLog()
    copy.load(this)
    return copy
  }

  /** Takes the place of all rows. */
  load(other: StatusLog): void {
    this.#chunks = other.#chunks.map(copyOf)
    this.#length = other.#length
    this.#free = other.#free
    this.#reasons = other.#reasons.slice()
    this.#numbers = new Map(other.#numbers)
  }

  /** Newest first. */
  read(newest: number): LoggedStatus[] {
    const rows: LoggedStatus[] = []
    for (let row = newest; row !== noRow; row = this.#previous(row)) {
      const chunk = this.#chunkOf(row)
      const place = row % chunkLength
      rows.push({
        status: chunk.status[place] ?? 0,
        at: chunk.at[place] ?? 0,
        reason: this.#reasons[chunk.reason[place] ?? 0] ?? null,
      })
    }
    return rows
  }

  /** The rows of this history may be used for another. */
  release(newest: number): void {
    for (let row = newest; row !== noRow; ) {
      const previous = this.#previous(row)
      this.#chunkOf(row).previous[row % chunkLength] = this.#free
      this.#free = row
      row = previous
    }
  }

  #emptyRow(): number {
    const free = this.#free
    if (free !== noRow) {
      this.#free = this.#previous(free)
      return free
    }
    if (this.#length % chunkLength === 0) this.#chunks.push(aChunk())
    this.#length += 1
    return this.#length - 1
  }

  #previous(row: number): number {
    return this.#chunkOf(row).previous[row % chunkLength] ?? noRow
  }

  #chunkOf(row: number): Chunk {
    const chunk = this.#chunks[Math.floor(row / chunkLength)]
    if (!chunk) throw new RangeError(`No status row ${row}`)
    return chunk
  }

  #numberOf(reason: string | null): number {
    const known = this.#numbers.get(reason)
    if (known !== undefined) return known
    const number = this.#reasons.length
    if (number === reasonLimit) throw new RangeError('Too many different status reasons')
    this.#reasons.push(reason)
    this.#numbers.set(reason, number)
    return number
  }
}

const copyOf = ({ at, previous, reason, status }: Chunk): Chunk => ({
  at: at.slice(),
  previous: previous.slice(),
  reason: reason.slice(),
  status: status.slice(),
})

const aChunk = (): Chunk => ({
  at: new Float64Array(chunkLength),
  previous: new Int32Array(chunkLength),
  reason: new Uint16Array(chunkLength),
  status: new Uint8Array(chunkLength),
})
