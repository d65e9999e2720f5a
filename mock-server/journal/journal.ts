import { utcTime } from '../operations/present-time.ts'
import type { JournalEntry } from './entry.ts'
import { EntryRing } from './entry-ring.ts'
import type { PassedBody } from './kept-body.ts'
import { LEAST_BODIES, MAX_BODIES_BYTES, MAX_BODY_BYTES, MAX_ENTRIES, MAX_HEADS_BYTES } from './limits.ts'
import type { Draft, Said } from './said.ts'
import { Scribe } from './scribe.ts'
import { SlidingMinimum } from './sliding-minimum.ts'

export interface JournalLimits {
  readonly entries: number
  /** Of each body. */
  readonly bodyBytes: number
  /** Of all bodies. */
  readonly bytes: number
}

export const defaultLimits: JournalLimits = {
  entries: MAX_ENTRIES,
  bodyBytes: MAX_BODY_BYTES,
  bytes: MAX_BODIES_BYTES,
}

/** What one tenant's clients said and were answered: the latest of it, without keys and secrets. */
export class Journal {
  readonly tenantId: string | null
  readonly limits: JournalLimits
  /** Whether exchanges are written down. */
  isOn: boolean
  readonly #scribe: Scribe
  readonly #entries: EntryRing<Said>
  /** Where the earliest byte of each entry lies in the ring. */
  readonly #firstBytes = new SlidingMinimum()
  #dropped = 0
  readonly #listeners = new Set<(number: number) => void>()

  constructor(tenantId: string | null, limits: JournalLimits, isOn = true) {
    if (limits.entries < 1 || limits.bytes < LEAST_BODIES * limits.bodyBytes)
      throw new RangeError(`a journal holds at least one entry, and ${LEAST_BODIES} of its longest bodies`)
    this.tenantId = tenantId
    this.limits = limits
    this.isOn = isOn
    this.#scribe = new Scribe(limits.bytes, limits.bodyBytes)
    this.#entries = new EntryRing(limits.entries)
  }

  get count(): number {
    return this.#entries.count
  }

  /** The number of the latest entry ever; 0 before the first. */
  get lastNumber(): number {
    return this.#entries.last
  }

  /** Entries that had to make room, since the journal was last cleared. */
  get dropped(): number {
    return this.#dropped
  }

  /** Memory that is held, roughly. Bytes. */
  get heldBytes(): number {
    return this.#scribe.ring.capacity + this.#entries.weight
  }

  /** Returns its number, by which `finish` knows it. */
  add(draft: Draft): number {
    const said = this.#scribe.said(draft)
    if (this.#entries.isFull) this.#dropFirst()
    const number = this.#entries.add(said, this.#scribe.lastWeight, draft)
    this.#firstBytes.push(number, firstByteOf(said))
    this.#dropWhatIsOverwritten()
    this.#tell(number)
    return number
  }

  /** The answer's body has passed, or nobody wants more of it. */
  finish(number: number, body: PassedBody, durationMilliseconds: number): void {
    const begun = this.#entries.said(number)
    if (!begun) return
    const said = { ...begun, answerBody: this.#scribe.keep(body) }
    this.#entries.change(number, said, durationMilliseconds)
    // Its bytes are the latest now: when they go, all entries until now are gone.
    this.#firstBytes.push(this.lastNumber, firstByteOf(said))
    this.#dropWhatIsOverwritten()
    this.#tell(number)
  }

  /** Undefined when it was dropped, or never was. */
  entry(number: number): JournalEntry | undefined {
    const said = this.#entries.said(number)
    return said && this.#present(number, said)
  }

  /** The oldest entry that has this number or a later one. */
  firstFrom(number: number): JournalEntry | undefined {
    return this.entry(Math.max(number, this.#entries.first))
  }

  /** Oldest first, from a number on. */
  *entries(from = this.#entries.first): Generator<JournalEntry> {
    for (let number = Math.max(from, this.#entries.first); number <= this.lastNumber; number += 1) {
      const entry = this.entry(number)
      if (entry) yield entry
    }
  }

  /** Newest first. */
  *newest(): Generator<JournalEntry> {
    for (let number = this.lastNumber; number >= this.#entries.first; number -= 1) {
      const entry = this.entry(number)
      if (entry) yield entry
    }
  }

  /** Numbers go on, so that nobody takes a new entry for an old one. */
  clear(): void {
    this.#empty()
    this.#dropped = 0
  }

  /** Makes room for others: what there was counts as dropped. */
  release(): void {
    this.#dropped += this.count
    this.#empty()
  }

  /**
   * Called with the number of each new entry, before the answer's last byte leaves; once more when the body of an
   * answer that is sent bit by bit has passed. Returns what ends it.
   */
  onEntry(listener: (number: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0
  }

  #tell(number: number): void {
    if (this.#listeners.size > 0) for (const tell of [...this.#listeners]) tell(number)
  }

  #empty(): void {
    this.#entries.clear()
    this.#scribe.clear()
    this.#firstBytes.clear()
  }

  #dropFirst(): void {
    this.#firstBytes.dropUpTo(this.#entries.first)
    this.#entries.dropFirst()
    this.#dropped += 1
  }

  #dropWhatIsOverwritten(): void {
    const { ring } = this.#scribe
    for (;;) {
      const overwritten = this.#firstBytes.below(ring.start)
      if (overwritten === null && (this.#entries.weight <= MAX_HEADS_BYTES || this.count === 1)) return
      this.#dropFirst()
    }
  }

  #present(number: number, said: Said): JournalEntry {
    const { startedAt, durationMilliseconds, virtualTime } = this.#entries.times(number)
    const { requestBody, answerBody, status, requestHeaders, answerHeaders, method, url } = said
    const shown = (body: Said['answerBody']) => this.#scribe.shown(body)
    return {
      number,
      operationId: said.operationId,
      tenantId: this.tenantId,
      startedAt: new Date(startedAt).toISOString(),
      durationMilliseconds: Math.round(durationMilliseconds * 1_000) / 1_000,
      virtualTime: virtualTime === null ? null : utcTime(virtualTime),
      request: { method, url, headers: requestHeaders, body: shown(requestBody) },
      answer: status === null ? null : { status, headers: answerHeaders, body: shown(answerBody) },
      fault: said.fault,
      findings: said.findings,
      why: said.why,
    }
  }
}

function firstByteOf({ requestBody, answerBody }: Said): number {
  const [asked, answered] = [requestBody?.slice.at, answerBody?.slice.at]
  return Math.min(asked ?? Number.POSITIVE_INFINITY, answered ?? Number.POSITIVE_INFINITY)
}
