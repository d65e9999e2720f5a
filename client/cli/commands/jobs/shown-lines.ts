import type { Session } from '../../session.ts'

/** Lines of a file as they come, in the form that was asked for: one JSON document has them all, at the end. */
export class ShownLines {
  readonly #session: Session
  readonly #kept: string[] = []
  #count = 0

  constructor(session: Session) {
    this.#session = session
  }

  get count(): number {
    return this.#count
  }

  async show(lines: readonly string[]): Promise<void> {
    const { out } = this.#session
    this.#count += lines.length
    for (const line of lines) {
      if (out.form === 'json') this.#kept.push(line)
      else if (out.form === 'ndjson') await out.each({ line }, '')
      else await out.text(`${line}\n`)
    }
  }

  async end(): Promise<void> {
    const { out } = this.#session
    if (out.form === 'json') await out.json({ lines: this.#kept })
  }
}
