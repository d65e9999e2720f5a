/** A line of a CSV file that cannot be understood. */
export class CsvError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

export interface CsvRow {
  /** Where it begins, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Reads comma-separated values (RFC 4180); lines may end in `\n`, `\r\n` or `\r`. Blanks around a cell are no part of
 * it (Rescale's help has them after the commas), unless it is quoted. Blank lines are no rows. Throws CsvError.
 */
export function* readCsv(text: string): Generator<CsvRow> {
  const reader = new CsvReader(text.replace(/^\uFEFF/, ''))
  for (let row = reader.row(); row !== null; row = reader.row()) {
    if (row.cells.length > 1 || row.cells[0] !== '') yield row
  }
}

class CsvReader {
  readonly #text: string
  #at = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  /** Null at the end of the text. */
  row(): CsvRow | null {
    if (this.#at >= this.#text.length) return null
    const line = this.#line
    const cells = [this.#cell()]
    while (this.#take(',')) cells.push(this.#cell())
    this.#endLine()
    return { line, cells }
  }

  #cell(): string {
    this.#match(/[ \t]*/y)
    return this.#text[this.#at] === '"' ? this.#quoted() : this.#match(/[^,\r\n]*/y).trimEnd()
  }

  #quoted(): string {
    const [line, quoted] = [this.#line, this.#match(/"(?:[^"]|"")*"/y)]
    if (quoted === '') throw new CsvError(line, 'a quote is not closed')
    this.#line += quoted.match(/\r\n|\r|\n/g)?.length ?? 0
    this.#match(/[ \t]*/y)
    if (!/^[,\r\n]?$/.test(this.#text.charAt(this.#at)))
      throw new CsvError(this.#line, 'something follows a quoted value')
    return quoted.slice(1, -1).replaceAll('""', '"')
  }

  #endLine(): void {
    if (this.#match(/\r\n|\r|\n/y) !== '') this.#line += 1
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  /** What the sticky pattern finds here; empty when it finds nothing. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const [found = ''] = pattern.exec(this.#text) ?? []
    this.#at += found.length
    return found
  }
}
