const newline = 0x0a
const carriageReturn = 0x0d
const nothing = new Uint8Array(0)

/**
 * Cuts a stream of bytes into lines. `\n`, `\r\n` and a lone `\r` (progress bars) all end a line, so that every state
 * of a progress bar is a dated line (inferred). A line longer than the limit comes in pieces, cut between characters.
 */
export class LogLines {
  readonly #limit: number
  #open: Uint8Array = nothing
  #afterReturn = false

  constructor(limit: number) {
    this.#limit = limit
  }

  /** The lines that these bytes complete, without their ends. */
  take(chunk: Uint8Array): Uint8Array[] {
    const lines: Uint8Array[] = []
    const ends = new LineEnds(chunk)
    let start = 0
    for (let end = ends.next(start); end !== -1; end = ends.next(start)) {
      // What follows a return directly is its own end still: `\r\n`, and `\r\r\n`, which terminals make.
      const same = this.#afterReturn && end === start
      if (!same) this.#close(lines, chunk.subarray(start, end))
      this.#afterReturn = chunk[end] === carriageReturn
      start = end + 1
    }
    this.#keep(lines, chunk.subarray(start))
    return lines
  }

  /** What was written since the last line ended. */
  rest(): Uint8Array[] {
    const open = this.#open
    this.#open = nothing
    this.#afterReturn = false
    return open.length > 0 ? [open] : []
  }

  #close(lines: Uint8Array[], tail: Uint8Array): void {
    this.#keep(lines, tail)
    lines.push(this.#open)
    this.#open = nothing
  }

  /** Adds to the open line; full pieces leave. */
  #keep(lines: Uint8Array[], tail: Uint8Array): void {
    if (tail.length === 0) return
    this.#afterReturn = false
    let open = this.#open.length === 0 ? tail : Buffer.concat([this.#open, tail])
    while (open.length > this.#limit) {
      const cut = characterStart(open, this.#limit)
      lines.push(open.subarray(0, cut))
      open = open.subarray(cut)
    }
    // Copied, so that a few open bytes do not hold the whole chunk in memory.
    this.#open = new Uint8Array(open)
  }
}

/** Finds both kinds of line ends, looking at each byte once for each kind. */
class LineEnds {
  readonly #chunk: Uint8Array
  readonly #found = { [newline]: -2, [carriageReturn]: -2 }

  constructor(chunk: Uint8Array) {
    this.#chunk = chunk
  }

  next(from: number): number {
    const feed = this.#position(newline, from)
    const back = this.#position(carriageReturn, from)
    return feed === -1 || back === -1 ? Math.max(feed, back) : Math.min(feed, back)
  }

  #position(end: typeof newline | typeof carriageReturn, from: number): number {
    const found = this.#found[end]
    if (found === -1 || found >= from) return found
    this.#found[end] = this.#chunk.indexOf(end, from)
    return this.#found[end]
  }
}

/** At or a few bytes before `at`, where no UTF-8 character is cut in two. */
function characterStart(bytes: Uint8Array, at: number): number {
  for (let cut = at; cut > Math.max(0, at - 4); cut -= 1) {
    if (((bytes[cut] ?? 0) & 0xc0) !== 0x80) return cut
  }
  return at
}
