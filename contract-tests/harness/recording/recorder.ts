import type { HarnessClock } from '../harness-clock.ts'
import { likenessOf, type NameEntry, partsOf } from '../naming/names.ts'
import { observing } from '../observe.ts'
import type { Redactor } from '../redaction/redactor.ts'
import { MARKER } from '../redaction/text-masker.ts'
import type { Caller, ExchangePhase, SeenExchange } from '../seen-exchange.ts'
import { headerOf, type Layer, type WireRequest } from '../transport.ts'
import type { Journal } from './journal.ts'
import { multipartReader, type SeenPart } from './multipart-parts.ts'
import type { StoredExchange } from './stored-exchange.ts'

export interface RecorderOptions {
  readonly scenario: string
  readonly clock: HarnessClock
  readonly redactor: Redactor
  readonly journal: Journal
  readonly phase: () => ExchangePhase
  readonly callerOf: (authorization: string | undefined) => Caller
}

/** What one telling of a scenario has left. */
export interface RecordedRun {
  readonly exchanges: readonly StoredExchange[]
  readonly names: Readonly<Record<string, NameEntry>>
}

/**
 * Records what passes, as raw bytes between the harness and the wire: nothing was decoded, followed or added yet.
 * Every exchange is redacted and on the disk before its answer has been read to its end.
 */
export class Recorder {
  readonly #options: RecorderOptions
  readonly #exchanges: StoredExchange[] = []
  readonly #written = new Set<string>()
  /** What was asked, by number, while its answer is being read. */
  readonly #unread = new Map<number, string>()
  #seq = 0
  #failure: unknown

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  readonly layer: Layer = (next) => (request) => {
    // Nothing may go on unrecorded: the recording would have a hole that nobody sees.
    if (this.#failure !== undefined) throw this.#failure
    const reader = multipartReader(headerOf(request.headers, 'content-type'))
    const body = reader ? read(request.body, reader.feed) : request.body
    const { scenario, clock, phase, callerOf } = this.#options
    const seq = ++this.#seq
    this.#unread.set(seq, `${request.method} ${this.#options.redactor.address(request.url)}`)
    const observe = observing({
      scenario,
      clock,
      phase,
      callerOf,
      nextSeq: () => seq,
      onExchange: (seen) => this.#record(seen, reader?.parts()),
    })
    return observe(next)({ ...request, body })
  }

  /** What was recorded, in the order in which it was sent. Throws what kept an exchange from being recorded. */
  finish(): RecordedRun {
    if (this.#failure !== undefined) throw this.#failure
    const [unread] = this.#unread.values()
    if (unread !== undefined)
      throw new Error(`the answer to ${unread} was not read to its end, so it is not recorded`)
    const exchanges = [...this.#exchanges].sort((one, other) => one.seq - other.seq)
    return { exchanges, names: namesOf(this.#options.redactor) }
  }

  /** Called while an answer is read: an error here would look like one of the platform's. */
  #record(seen: SeenExchange, parts: readonly SeenPart[] | undefined): void {
    try {
      const exchange = this.#options.redactor.exchange(seen, parts)
      this.#options.journal.append({ exchange, names: this.#newNames() })
      this.#exchanges.push(exchange)
      this.#unread.delete(exchange.seq)
    } catch (error) {
      this.#failure ??= error
    }
  }

  #newNames(): Record<string, NameEntry> {
    const all = Object.entries(namesOf(this.#options.redactor)).filter(([name]) => !this.#written.has(name))
    for (const [name] of all) this.#written.add(name)
    return Object.fromEntries(all)
  }
}

/** What a recording says of its names: how their values look, and of harmless ones what they are. */
export function namesOf(redactor: Redactor): Record<string, NameEntry> {
  const entries = redactor.names.entries().flatMap(([name, value]) => {
    if (typeof value !== 'string' && typeof value !== 'number') return []
    return [[name, entryOf(name, value, redactor)] as const]
  })
  return Object.fromEntries(entries)
}

function entryOf(name: string, value: string | number, redactor: Redactor): NameEntry {
  const { type } = partsOf(name)
  if (name === MARKER) return { like: String(value).length, value: String(value) }
  if (type === 'hash' && redactor.isOfKept(String(value)))
    return { like: String(value).length, value: String(value) }
  // The length of a secret is nobody's business.
  return {
    like: type === 'secret' ? SECRET_LENGTH : type === 'hash' ? hashShape(String(value)) : likenessOf(value),
  }
}

const SECRET_LENGTH = 16

const hashShape = (hash: string): string | number =>
  /^[0-9a-f]+$/.test(hash) ? '9'.repeat(hash.length) : hash.length

function read(body: WireRequest['body'], feed: (chunk: Uint8Array) => void): WireRequest['body'] {
  if (body === null) return null
  if (!(body instanceof Uint8Array)) return through(body, feed)
  feed(body)
  return body
}

async function* through(
  body: AsyncIterable<Uint8Array>,
  feed: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    feed(chunk)
    yield chunk
  }
}
