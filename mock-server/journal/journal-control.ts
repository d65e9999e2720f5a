import { type LintReport, lint } from '../linter/lint.ts'
import { curl } from './curl.ts'
import type { JournalEntry } from './entry.ts'
import { journalEvents } from './event-stream.ts'
import { type EntryFilter, isMeant, refuseMisspelt } from './filter.ts'
import { har } from './har.ts'
import type { Journal, JournalLimits } from './journal.ts'
import { type Expectation, type Timer, type Verification, verifyEventually, verifyNow } from './verify.ts'

export interface JournalSummary {
  readonly isOn: boolean
  /** Entries that are kept. */
  readonly count: number
  /** Of the latest entry ever; 0 before the first. */
  readonly lastNumber: number
  /** Entries that had to make room since it was cleared. */
  readonly dropped: number
  readonly heldBytes: number
  readonly limits: JournalLimits
}

export interface EntryQuery extends EntryFilter {
  /** Default `newest`. */
  readonly order?: 'newest' | 'oldest' | undefined
  /** Default: all. */
  readonly limit?: number | undefined
}

export interface VerifyOptions {
  /** How long to wait for it, in milliseconds of real time. Default 0. */
  readonly timeout?: number
  readonly signal?: AbortSignal | undefined
}

/** What tests do with one journal, in process and over HTTP. */
export class JournalControl {
  readonly #journal: () => Journal
  readonly #timer: Timer
  #waiting = 0

  constructor(journal: () => Journal, timer: Timer) {
    this.#journal = journal
    this.#timer = timer
  }

  /** Whether exchanges are written down. */
  get isOn(): boolean {
    return this.#journal().isOn
  }

  set isOn(isOn: boolean) {
    this.#journal().isOn = isOn
  }

  /** Verifications and event streams that wait now. */
  get waiting(): number {
    return this.#waiting
  }

  summary(): JournalSummary {
    const { isOn, count, lastNumber, dropped, heldBytes, limits } = this.#journal()
    return { isOn, count, lastNumber, dropped, heldBytes, limits }
  }

  entries(query: EntryQuery = {}): JournalEntry[] {
    const { order = 'newest', limit = Number.POSITIVE_INFINITY, ...filter } = query
    refuseMisspelt(filter)
    const found: JournalEntry[] = []
    for (const entry of order === 'newest' ? this.#journal().newest() : this.#meant(filter)) {
      if (found.length >= limit) break
      if (isMeant(entry, filter)) found.push(entry)
    }
    return found
  }

  /** Undefined when it had to make room, or never was. */
  entry(number: number): JournalEntry | undefined {
    return this.#journal().entry(number)
  }

  /** Undefined before the first. */
  latest(): JournalEntry | undefined {
    return this.entry(this.#journal().lastNumber)
  }

  /** Numbers go on, so that nobody takes a new entry for an old one. */
  clear(): void {
    this.#journal().clear()
  }

  /** Whether it happened: by now, or until `timeout`. Says what came nearest where it did not. */
  async verify(expectation: Expectation, options: VerifyOptions = {}): Promise<Verification> {
    const { timeout = 0, signal } = options
    for (const filter of 'sequence' in expectation ? expectation.sequence : [expectation.request])
      refuseMisspelt(filter)
    if (timeout === 0) return verifyNow(this.#journal(), expectation)
    this.#waiting += 1
    try {
      return await verifyEventually(this.#journal(), expectation, { timeout, signal, timer: this.#timer })
    } finally {
      this.#waiting -= 1
    }
  }

  /**
   * Calls back with each new entry, before the last byte of its answer leaves; once more when the body of an answer that
   * is sent bit by bit has passed. Returns what ends it.
   */
  watch(listener: (entry: JournalEntry) => void): () => void {
    const journal = this.#journal()
    return journal.onEntry((number) => {
      const entry = journal.entry(number)
      if (entry) listener(entry)
    })
  }

  /** New entries as server-sent events, until the signal says so. */
  async *events(filter: EntryFilter, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    refuseMisspelt(filter)
    this.#waiting += 1
    try {
      yield* journalEvents(this.#journal(), { filter, signal, timer: this.#timer })
    } finally {
      this.#waiting -= 1
    }
  }

  /** What the client does wrong, by what it said after an entry; by all that is kept unless told. */
  lint({ after = 0 }: { readonly after?: number | undefined } = {}): LintReport {
    const journal = this.#journal()
    return lint([...journal.entries(after + 1)], journal.dropped)
  }

  /** A HAR 1.2 file, oldest entry first, in pieces. */
  har(filter: EntryFilter = {}): Iterable<string> {
    refuseMisspelt(filter)
    return har(this.#meant(filter))
  }

  /** A shell script that sends the same requests again, in pieces. */
  curl(filter: EntryFilter = {}): Iterable<string> {
    refuseMisspelt(filter)
    return curl(this.#meant(filter))
  }

  *#meant(filter: EntryFilter): Generator<JournalEntry> {
    for (const entry of this.#journal().entries((filter.after ?? 0) + 1))
      if (isMeant(entry, filter)) yield entry
  }
}
