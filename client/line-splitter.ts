/** Lines of UTF-8 text that comes in pieces, without their line ends. */
export class LineSplitter {
  // A mark at the start is a character like any other, as in the lines that the API gives.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #unfinished = ''

  /** Those that have ended with this piece. */
  take(chunk: Uint8Array): string[] {
    const lines = (this.#unfinished + this.#decoder.decode(chunk, { stream: true })).split('\n')
    this.#unfinished = lines.pop() ?? ''
    return lines.map(withoutEnd)
  }

  /** The last one, which no line end follows. */
  end(): string[] {
    const last = this.#unfinished + this.#decoder.decode()
    return last === '' ? [] : [withoutEnd(last)]
  }
}

/** As the API gives it in one place with `\n`, in another without. */
export const withoutEnd = (line: string): string => line.replace(/\r?\n?$/, '')
