import { FilePass, isAt, MARK_LINES, type Told } from './file-pass.ts'

/**
 * Finds what is new in a file that grows. Each look gives a window of its end or, where that does not reach back to what
 * was told last, the whole file. The very last line of a window may still be written to, so it waits for the next look.
 */
export class LineFollower {
  #told: Told = { count: 0, mark: [] }
  /** How many of the lines that are there at the first look are told; undefined for all, and afterwards. */
  #first: number | undefined
  #waiting: string[] = []

  constructor(first?: number) {
    this.#first = first
  }

  /** The lines that came since the last look; undefined when the window does not tell. */
  inWindow(window: readonly string[], isWhole: boolean): string[] | undefined {
    const lines = window.slice(0, -1)
    const from = isWhole ? this.#placeInWhole(lines) : this.#placeInEnd(lines)
    if (from === undefined) return undefined
    const fresh = lines.slice(from)
    const mark = lines.slice(-MARK_LINES)
    const count = isWhole
      ? lines.length
      : this.#first === undefined
        ? plus(this.#told.count, fresh)
        : undefined
    // Who knows neither the number of a line nor one like no other would not find the place again.
    if (count === undefined && repeatsItself(mark)) return undefined
    this.#told = { count, mark }
    this.#first = undefined
    this.#waiting = window.slice(-1)
    return fresh
  }

  /** Goes through the whole file, from its first line on. */
  fromStart(): FilePass {
    this.#waiting = []
    return new FilePass(this.#told, this.#first, (told) => {
      this.#told = told
      this.#first = undefined
    })
  }

  /** The file is another one than that of which something was told. */
  startOver(): void {
    this.#told = { count: 0, mark: [] }
  }

  /** The line that waited, of a file that is not to be had any more. */
  rest(): string[] {
    return this.#waiting.splice(0)
  }

  #placeInWhole(lines: readonly string[]): number | undefined {
    const { count, mark } = this.#told
    if (this.#first !== undefined) return Math.max(0, lines.length - this.#first)
    if (count === undefined || count > lines.length) return undefined
    return isAt(mark, lines, count - mark.length) ? count : undefined
  }

  #placeInEnd(lines: readonly string[]): number | undefined {
    const first = this.#first
    const mark = first === undefined ? this.#told.mark : lines.slice(-MARK_LINES)
    if (mark.length < MARK_LINES || (first ?? 0) > lines.length) return undefined
    const place = onlyPlaceOf(mark, lines)
    return place === undefined ? undefined : first === undefined ? place + mark.length : lines.length - first
  }
}

const plus = (count: number | undefined, more: readonly string[]): number | undefined =>
  count === undefined ? undefined : count + more.length

/** Whether a quarter of it, which is no chance, stands in it twice, at its start and its end. */
function repeatsItself(mark: readonly string[]): boolean {
  for (let shift = 1; shift <= (mark.length * 3) / 4; shift++)
    if (isAt(mark.slice(shift), mark, 0)) return true
  return false
}

/** Undefined too where there are several: nothing tells which one it is. */
function onlyPlaceOf(mark: readonly string[], lines: readonly string[]): number | undefined {
  let found: number | undefined
  for (let place = lines.length - mark.length; place >= 0; place--) {
    if (!isAt(mark, lines, place)) continue
    if (found !== undefined) return undefined
    found = place
  }
  return found
}
