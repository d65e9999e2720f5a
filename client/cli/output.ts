import { type Colours, coloursFor, hasColours } from './colours.ts'
import { fieldAt, fieldText } from './field.ts'
import { type Io, write } from './io.ts'
import { printable, printableJson, printableLine } from './printable.ts'
import { type Column, fields, table } from './table.ts'

export type OutputForm = 'human' | 'json' | 'ndjson'

export const OUTPUT_FORMS: readonly OutputForm[] = ['human', 'json', 'ndjson']

/** Where data goes to stdout in the form that was asked for, and everything else to stderr. */
export class Output {
  readonly form: OutputForm
  /** Whether a person reads what goes wrong. */
  readonly isForPeople: boolean
  readonly colours: Colours
  readonly notes: Colours
  readonly #io: Io
  readonly #isQuiet: boolean
  readonly #field: string | undefined
  #isMissingTold = false
  readonly #onLost: (error: unknown) => void
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }

  constructor(
    io: Io,
    form: OutputForm,
    options: {
      colour: boolean
      quiet: boolean
      field?: string | undefined
      /** Hears of it when stdout takes nothing more. */
      onLost?: (error: unknown) => void
    },
  ) {
    this.#io = io
    this.#onLost = options.onLost ?? (() => {})
    this.#field = options.field
    // A field of each thing, a line each, is nearest to a document a line.
    this.form = options.field === undefined ? form : 'ndjson'
    this.isForPeople = form === 'human'
    this.#isQuiet = options.quiet
    this.colours = coloursFor(hasColours(io.stdout, io.env, options.colour))
    this.notes = coloursFor(hasColours(io.stderr, io.env, options.colour))
  }

  /** A list: a table, one JSON array, or one JSON document a line, written as the items come. */
  async list<Item>(
    items: AsyncIterable<Item> | Iterable<Item>,
    columns: readonly Column<Item>[],
  ): Promise<number> {
    let count = 0
    const all: Item[] = []
    for await (const item of items) {
      count++
      if (this.form === 'ndjson') await this.json(item)
      else all.push(item)
    }
    if (this.form === 'json') await this.#line(printableJson(all, 2))
    if (this.form === 'human' && count > 0) await this.#table(columns, all)
    return count
  }

  /** One thing: lines of `name  value`, or a JSON document. */
  async item(value: object, shown: readonly (readonly [string, unknown])[]): Promise<void> {
    if (this.form !== 'human') return this.json(value)
    for (const line of fields(shown)) await this.#line(line)
  }

  /** What a person reads as one line, and a program as one document. */
  async result(value: object, line: string): Promise<void> {
    if (this.form === 'human') await this.#line(printableLine(line))
    else await this.json(value)
  }

  /** One of several results, told as it comes; in one JSON document they are told together at the end. */
  async each(value: object, line: string): Promise<void> {
    if (this.form === 'human') await this.#line(printableLine(line))
    else if (this.form === 'ndjson') await this.json(value)
  }

  /** Something that happened on the way to the result: told at once, but no part of a single JSON document. */
  async event(value: object, line: string): Promise<void> {
    if (this.#hasEvents) await this.result(value, line)
  }

  /** What has to be known even where stdout has no place for events: there it goes to stderr. */
  aside(value: object, line: string): void {
    if (this.#hasEvents) return
    this.#io.stderr.write(`${this.isForPeople ? printableLine(line) : printableJson(value)}\n`)
  }

  get #hasEvents(): boolean {
    return this.form === 'human' || (this.form === 'ndjson' && this.#field === undefined)
  }

  /** A document, laid out unless it is to be one line. */
  async json(value: unknown): Promise<void> {
    if (this.#field !== undefined) return this.#fieldOf(value, this.#field)
    await this.#line(printableJson(value, this.form === 'ndjson' ? undefined : 2))
  }

  /** A line to a person. */
  async line(text: string): Promise<void> {
    await this.#line(printableLine(text))
  }

  /** Text of the server's, as it is to a file or program, harmless to a terminal. */
  async text(text: string): Promise<void> {
    await this.#write(this.#io.stdout.isTTY ? printable(text) : text)
  }

  /** Text of our own, colours included. */
  async painted(text: string): Promise<void> {
    await this.#write(text)
  }

  async bytes(chunk: Uint8Array): Promise<void> {
    await this.#write(chunk)
  }

  /** A piece of some output, harmless to a terminal. */
  async chunk(chunk: Uint8Array): Promise<void> {
    if (this.#io.stdout.isTTY) await this.painted(shownPiece(this.#decoders.stdout, chunk))
    else await this.bytes(chunk)
  }

  /** The same on stderr, where a command on a cluster complains. */
  async errorChunk(chunk: Uint8Array): Promise<void> {
    const { stderr } = this.#io
    await write(stderr, stderr.isTTY ? shownPiece(this.#decoders.stderr, chunk) : chunk)
  }

  /** One line to a person, on stderr; `--quiet` leaves it out. */
  note(text: string): void {
    if (!this.#isQuiet) this.#io.stderr.write(`${printable(text)}\n`)
  }

  /** Something that may be wrong, on stderr. */
  warn(text: string): void {
    const line = this.isForPeople
      ? `${this.notes.yellow('warning:')} ${printable(text)}`
      : printableJson({ warning: text })
    this.#io.stderr.write(`${line}\n`)
  }

  async #fieldOf(value: unknown, field: string): Promise<void> {
    const found = fieldAt(value, field)
    if (found === undefined && !this.#isMissingTold) {
      this.#isMissingTold = true
      const known = typeof value === 'object' && value !== null ? Object.keys(value).join(', ') : ''
      this.warn(`there is no field ${field}; there are: ${known || 'none'}`)
    }
    const text = fieldText(found)
    await this.#line(this.#io.stdout.isTTY ? printable(text) : text)
  }

  async #table<Item>(columns: readonly Column<Item>[], items: readonly Item[]): Promise<void> {
    const [head = '', ...rows] = table(columns, items)
    await this.#write(`${[this.colours.bold(head), ...rows].join('\n')}\n`)
  }

  async #line(text: string): Promise<void> {
    await this.#write(`${text}\n`)
  }

  async #write(chunk: string | Uint8Array): Promise<void> {
    try {
      await write(this.#io.stdout, chunk)
    } catch (error) {
      this.#onLost(error)
      throw error
    }
  }
}

// A character may come in two pieces.
const shownPiece = (decoder: InstanceType<typeof TextDecoder>, chunk: Uint8Array): string =>
  printable(decoder.decode(chunk, { stream: true }).replaceAll('\r\n', '\n'))
