import { MalformedRecordError } from './records/fields.ts'

/** Of a line, without its end: the largest record is a storage device's files, 16 MiB as base64. Bytes. */
export const LONGEST_LINE = 32 * 1024 * 1024

/** Reads lines and counted bytes from chunks that end anywhere. */
export class WorldFileReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #longestLine: number
  #rest: Uint8Array = new Uint8Array()

  constructor(chunks: AsyncIterable<Uint8Array>, longestLine = LONGEST_LINE) {
    this.#chunks = chunks[Symbol.asyncIterator]()
    this.#longestLine = longestLine
  }

  /** Without its end; null at the end of the file. */
  async line(): Promise<string | null> {
    const parts: Uint8Array[] = []
    let length = 0
    for (;;) {
      const end = this.#rest.indexOf(10)
      const part = end < 0 ? this.#rest : this.#rest.subarray(0, end)
      parts.push(part)
      length += part.length
      if (length > this.#longestLine) throw new MalformedRecordError('a line is too long')
      if (end >= 0) {
        this.#rest = this.#rest.subarray(end + 1)
        return Buffer.concat(parts).toString()
      }
      if (!(await this.#more())) return null
    }
  }

  /** So many, and the end of the line behind them. */
  async *bytes(count: number): AsyncGenerator<Uint8Array> {
    let left = count
    while (left > 0) {
      if (this.#rest.length === 0 && !(await this.#more())) throw new MalformedRecordError('the file is cut')
      const part = this.#rest.subarray(0, left)
      this.#rest = this.#rest.subarray(part.length)
      left -= part.length
      if (part.length > 0) yield part
    }
    if ((await this.line()) !== '') throw new MalformedRecordError('there are more bytes than announced')
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next()
    this.#rest = next.done ? new Uint8Array() : next.value
    return !next.done
  }
}
