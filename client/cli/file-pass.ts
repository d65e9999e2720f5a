/** So many lines in a row are found again in a file; fewer may stand there more than once. */
export const MARK_LINES = 1_000

/** How far a file has been told. */
export interface Told {
  /** Lines from its start on; undefined while only its end has been seen. */
  readonly count: number | undefined
  /** The last of them. */
  readonly mark: readonly string[]
}

/** Hears how far a file has been told, and the last line where that is not whole yet. */
type OnTold = (told: Told, unfinished: readonly string[]) => void

/**
 * A way through a file from its start, past what has been told of it. What it gives counts as told at once, so whoever
 * breaks off may begin another.
 */
export class FilePass {
  readonly #told: Told
  /** Of the lines that are there, only so many last ones are to be told. */
  readonly #last: number | undefined
  readonly #onTold: OnTold
  #recent: string[] = []
  #count = 0
  #isPast: boolean
  #isOther = false

  constructor(told: Told, last: number | undefined, onTold: OnTold) {
    this.#told = told
    this.#last = last
    this.#onTold = onTold
    this.#isPast = last === undefined && told.count === 0
  }

  /** Whether, at its end, it was another file than that of which something has been told. */
  get isOther(): boolean {
    return this.#isOther || (!this.#isPast && this.#last === undefined)
  }

  /** Those of the next lines that are new. */
  take(lines: readonly string[]): string[] {
    const fresh: string[] = []
    for (const line of lines) {
      this.#count++
      this.#remember(line)
      if (this.#isPast) fresh.push(line)
      else this.#compare(line)
    }
    if (fresh.length > 0) this.#tell()
    return fresh
  }

  /** What can only be told at the end, `unfinished` being what stands behind the last line. */
  end(unfinished: readonly string[] = []): string[] {
    if (!this.isOther) this.#tell(unfinished)
    return this.#last ? this.#recent.slice(-this.#last) : []
  }

  #tell(unfinished: readonly string[] = []): void {
    this.#onTold({ count: this.#count, mark: this.#recent.slice(-MARK_LINES) }, unfinished)
  }

  #remember(line: string): void {
    this.#recent.push(line)
    const enough = Math.max(MARK_LINES, this.#last ?? 0)
    if (this.#recent.length > 2 * enough) this.#recent = this.#recent.slice(-enough)
  }

  #compare(line: string): void {
    const { count, mark } = this.#told
    if (this.#last !== undefined) return
    if (count === undefined) this.#isPast = isAt(mark, this.#recent, this.#recent.length - mark.length)
    else {
      const inMark = this.#count - 1 - (count - mark.length)
      if (inMark >= 0 && line !== mark[inMark]) this.#isOther = true
      this.#isPast = this.#count === count && !this.#isOther
    }
  }
}

export function isAt(mark: readonly string[], lines: readonly string[], place: number): boolean {
  let same = 0
  while (same < mark.length && lines[place + same] === mark[same]) same++
  return same === mark.length
}
