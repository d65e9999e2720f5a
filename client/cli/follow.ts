import { FilePass, isAt, MARK_LINES, type Told } from './file-pass.ts'

/**
 * Finds what is new in a file that grows. Each look gives a window of its end or, where that does not reach back to what
 * was told last, the whole file. The very last line of a window may still be written to, so it waits for the next look.
 */
export class LineFollower {
  #told: Told = { count: 0, mark: [] }
  /** How many of the lines that are there at the first look are told; undefined for all, and afterwards. */
  #first: number | undefined
  /** What can be told where nothing more is to be had: the last line or, where nothing was told, a window. */
  #waiting: readonly string[] = []

  constructor(first?: number) {
    this.#first = first
  }

  /**
   * The lines that came since the last look; undefined when the window does not tell. Fewer lines than were asked for
   * may be the whole file, or all that the platform gives.
   */
  inWindow(window: readonly string[], mayBeWhole: boolean): string[] | undefined {
    const lines = window.slice(0, -1)
    if (this.#told.mark.length === 0)
      this.#waiting = this.#first === 0 ? [] : window.slice(-(this.#first ?? 0))
    const from = lines.length === 0 ? 0 : this.#placeIn(lines, mayBeWhole)
    if (from === undefined) return undefined
    const fresh = lines.slice(from)
    if (lines.length > 0 && !this.#pass(lines, fresh)) return undefined
    this.#first = undefined
    this.#waiting = window.slice(-1)
    return fresh
  }

  /** Goes through the whole file, from its first line on. */
  fromStart(): FilePass {
    return new FilePass(this.#told, this.#first, (told, unfinished) => {
      this.#told = told
      this.#first = undefined
      this.#waiting = unfinished
    })
  }

  /** The file is another one than that of which something was told. */
  startOver(): void {
    this.#told = { count: 0, mark: [] }
  }

  /** What is known, and was not told yet, of a file that is not to be had any more. */
  rest(): readonly string[] {
    const rest = this.#waiting
    this.#waiting = []
    return rest
  }

  #placeIn(lines: readonly string[], mayBeWhole: boolean): number | undefined {
    if (this.#first !== undefined) return placeOfLast(this.#first, lines, mayBeWhole)
    const { count, mark } = this.#told
    // Nothing was told: whether this is the start of the file, only the file tells.
    if (mark.length === 0) return undefined
    if (mayBeWhole && count !== undefined && isAt(mark, lines, count - mark.length)) return count
    return mark.length < MARK_LINES ? undefined : placeAfter(mark, lines)
  }

  /** False where the place would not be found again: neither the number of its line is known, nor one like no other. */
  #pass(lines: readonly string[], fresh: readonly string[]): boolean {
    const mark = lines.slice(-MARK_LINES)
    const { count } = this.#told
    const isCounted = count !== undefined && this.#first === undefined
    if (!isCounted && (mark.length < MARK_LINES || repeatsItself(mark))) return false
    this.#told = { count: isCounted ? count + fresh.length : undefined, mark }
    return true
  }
}

/** Where the last lines of a file begin. */
function placeOfLast(wanted: number, lines: readonly string[], mayBeWhole: boolean): number | undefined {
  if (wanted > lines.length && !mayBeWhole) return undefined
  return Math.max(0, lines.length - wanted)
}

function placeAfter(mark: readonly string[], lines: readonly string[]): number | undefined {
  const place = onlyPlaceOf(mark, lines)
  return place === undefined ? undefined : place + mark.length
}

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
