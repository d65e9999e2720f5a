import type { Finding } from '../../openapi/check-answer.ts'
import type { OperationId } from '../../openapi/generated/routes.ts'
import type { Instant } from '../domain/instant.ts'
import type { ExchangeAnswer, ExchangeRequest } from '../exchange/http.ts'
import type { AppliedFault } from '../exchange/trace.ts'
import type { Why } from '../exchange/why.ts'
import { utcTime } from '../operations/present-time.ts'
import { BodyRing } from './body-ring.ts'
import type { JournalEntry, RecordedHeaders } from './entry.ts'
import { HeadMemo } from './heads.ts'
import { type KeptBody, keepBytes, keepText, type PassedBody, recordedBody } from './kept-body.ts'
import { KnownTexts } from './known-texts.ts'
import {
  LEAST_BODIES,
  MAX_BODIES_BYTES,
  MAX_BODY_BYTES,
  MAX_CLEAN_TARGETS,
  MAX_ENTRIES,
  MAX_HEAD_VALUE,
  MAX_HEADS_BYTES,
} from './limits.ts'
import { Redactor } from './redactor.ts'
import { type Scrutiny, scrutinyOf } from './scrutiny.ts'
import { SlidingMinimum } from './sliding-minimum.ts'

/** One exchange that is over, or whose last bytes are about to leave. */
export interface Draft {
  /** Real time in milliseconds since 1970. */
  readonly startedAt: number
  readonly durationMilliseconds: number
  readonly virtualTime: Instant | null
  readonly operationId: OperationId | null
  readonly request: Pick<ExchangeRequest, 'method' | 'target' | 'origin' | 'headers'>
  readonly requestBody: PassedBody | null
  /** Null when the client left before there was one. */
  readonly answer: Pick<ExchangeAnswer, 'status' | 'headers'> | null
  readonly answerBody: string | Uint8Array | PassedBody | null
  readonly fault: AppliedFault | null
  readonly findings: readonly Finding[]
  readonly why: Why | null
}

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

interface StoredEntry {
  readonly number: number
  readonly weight: number
  readonly startedAt: number
  durationMilliseconds: number
  readonly virtualTime: Instant | null
  readonly operationId: OperationId | null
  readonly method: string
  readonly url: string
  readonly requestHeaders: RecordedHeaders
  readonly requestBody: KeptBody | null
  readonly status: number | null
  readonly answerHeaders: RecordedHeaders
  answerBody: KeptBody | null
  readonly fault: AppliedFault | null
  readonly findings: readonly Finding[]
  readonly why: Why | null
}

const none: readonly Finding[] = []

/** What an entry takes besides its heads, roughly. Bytes. */
const ENTRY_WEIGHT = 512

/** What one tenant's clients said and were answered: the latest of it, without keys and secrets. */
export class Journal {
  readonly tenantId: string | null
  readonly limits: JournalLimits
  /** Whether exchanges are written down. */
  isOn: boolean
  readonly #ring: BodyRing
  readonly #redactor = new Redactor()
  readonly #requestHeads = new HeadMemo(this.#redactor)
  readonly #answerHeads = new HeadMemo(this.#redactor)
  readonly #knownTexts = new KnownTexts()
  /** By request target; only those that had nothing to be blanked. */
  readonly #urls = new Map<string, string>()
  #urlsGeneration = 0
  /** Where the earliest byte of each entry lies in the ring. */
  readonly #firstBytes = new SlidingMinimum()
  /** By their number, modulo as many as there may be. */
  #entries: (StoredEntry | undefined)[] = []
  #weight = 0
  #first = 1
  #next = 1
  #dropped = 0
  readonly #listeners = new Set<(number: number) => void>()

  constructor(tenantId: string | null, limits: JournalLimits, isOn = true) {
    if (limits.entries < 1 || limits.bytes < LEAST_BODIES * limits.bodyBytes)
      throw new RangeError(`a journal holds at least one entry, and ${LEAST_BODIES} of its longest bodies`)
    this.tenantId = tenantId
    this.limits = limits
    this.isOn = isOn
    this.#ring = new BodyRing(limits.bytes)
  }

  get count(): number {
    return this.#next - this.#first
  }

  /** The number of the latest entry ever; 0 before the first. */
  get lastNumber(): number {
    return this.#next - 1
  }

  /** Entries that had to make room, since the journal was last cleared. */
  get dropped(): number {
    return this.#dropped
  }

  /** Memory that is held, roughly. Bytes. */
  get heldBytes(): number {
    return this.#ring.capacity + this.#weight
  }

  /** Returns its number, by which `finish` knows it. */
  add(draft: Draft): number {
    const number = this.#next
    const entry = this.#store(number, draft)
    if (this.count >= this.limits.entries) this.#dropFirst()
    this.#entries[number % this.limits.entries] = entry
    this.#next = number + 1
    this.#weight += entry.weight
    this.#firstBytes.push(number, firstByteOf(entry))
    this.#dropWhatIsOverwritten()
    this.#tell(number)
    return number
  }

  /** The answer's body has passed, or nobody wants more of it. */
  finish(number: number, body: PassedBody, durationMilliseconds: number): void {
    const entry = this.#stored(number)
    if (!entry) return
    entry.answerBody = this.#keep(body, 'anything')
    entry.durationMilliseconds = durationMilliseconds
    // Its bytes are the latest now: when they go, all entries until now are gone.
    this.#firstBytes.push(this.lastNumber, firstByteOf(entry))
    this.#dropWhatIsOverwritten()
    this.#tell(number)
  }

  /** Undefined when it was dropped, or never was. */
  entry(number: number): JournalEntry | undefined {
    const stored = this.#stored(number)
    return stored && this.#present(stored)
  }

  /** The oldest entry that has this number or a later one. */
  firstFrom(number: number): JournalEntry | undefined {
    return this.entry(Math.max(number, this.#first))
  }

  /** Oldest first, from a number on. */
  *entries(from = this.#first): Generator<JournalEntry> {
    for (let number = Math.max(from, this.#first); number < this.#next; number += 1) {
      const entry = this.entry(number)
      if (entry) yield entry
    }
  }

  /** Newest first. */
  *newest(): Generator<JournalEntry> {
    for (let number = this.lastNumber; number >= this.#first; number -= 1) {
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
    this.#first = this.#next
    this.#entries = []
    this.#weight = 0
    this.#ring.clear()
    this.#knownTexts.clear()
    this.#urls.clear()
    this.#firstBytes.clear()
  }

  #stored(number: number): StoredEntry | undefined {
    const entry = this.#entries[number % this.limits.entries]
    return entry?.number === number ? entry : undefined
  }

  #store(number: number, draft: Draft): StoredEntry {
    const { request, answer, startedAt, durationMilliseconds, virtualTime, operationId } = draft
    // First the request: what it brings in secrets is blanked in its answer.
    const requestBody = this.#keep(draft.requestBody, 'anything')
    const url = this.#url(request)
    const requestHeaders = this.#requestHeads.of(request.headers)
    const answerHeaders = this.#answerHeads.of(answer?.headers ?? {})
    const heads = this.#requestHeads.lastWeight + this.#answerHeads.lastWeight
    return {
      number,
      weight: ENTRY_WEIGHT + url.length + heads,
      startedAt,
      durationMilliseconds,
      virtualTime,
      operationId,
      method: request.method,
      url,
      requestHeaders,
      requestBody,
      status: answer?.status ?? null,
      answerHeaders,
      answerBody: this.#keepAnswer(draft),
      fault: draft.fault,
      findings:
        draft.findings.length === 0 ? none : draft.findings.map((finding) => this.#cleanFinding(finding)),
      why: draft.why && this.#cleanWhy(draft.why),
    }
  }

  #cleanWhy({ code, text, nearest }: Why): Why {
    const clean = (said: string) => this.#redactor.clean(said)
    return {
      code,
      text: clean(text),
      nearest: nearest.map((near) => ({ ...near, whyNot: clean(near.whyNot) })),
    }
  }

  #cleanFinding(finding: Finding): Finding {
    const { message, received } = finding
    return {
      ...finding,
      message: this.#redactor.clean(message),
      ...(received !== undefined && { received: this.#redactor.clean(received, { cut: true }) }),
    }
  }

  #keepAnswer({ request, operationId, answerBody }: Draft): KeptBody | null {
    const scrutiny = scrutinyOf(operationId)
    if (typeof answerBody !== 'string') return this.#keep(answerBody, scrutiny)
    const { generation } = this.#redactor
    const known = this.#knownTexts.find(request.target, answerBody, generation, this.#ring)
    if (known) return known
    const body = this.#keep(answerBody, scrutiny)
    if (body && !body.isCut && !body.isRedacted)
      this.#knownTexts.remember(request.target, { text: answerBody, generation, body })
    return body
  }

  #keep(body: Draft['answerBody'], scrutiny: Scrutiny): KeptBody | null {
    if (body === null) return null
    const options = { ring: this.#ring, redactor: this.#redactor, maxBodyBytes: this.limits.bodyBytes }
    if (typeof body === 'string') return keepText(body, scrutiny, options)
    if (!(body instanceof Uint8Array)) return keepBytes(body, options)
    const passed = { size: body.length, sha256: null, isComplete: true }
    return keepBytes({ ...passed, head: body }, options)
  }

  /** The same string for the same request line: pollers ask for one or a few, and their URLs need not be looked at again. */
  #url({ origin, target }: Draft['request']): string {
    if (this.#urlsGeneration !== this.#redactor.generation) this.#urls.clear()
    this.#urlsGeneration = this.#redactor.generation
    const known = this.#urls.get(target)
    if (known?.length === origin.length + target.length && known.startsWith(origin)) return known
    const isCut = target.length > MAX_HEAD_VALUE
    const clean = this.#redactor.clean(isCut ? target.slice(0, MAX_HEAD_VALUE) : target, { cut: isCut })
    const url = origin + clean + (isCut ? '…' : '')
    if (clean !== target) return url
    if (this.#urls.size >= MAX_CLEAN_TARGETS) this.#urls.clear()
    this.#urls.set(target, url)
    return url
  }

  #dropFirst(): void {
    const first = this.#stored(this.#first)
    if (first) this.#weight -= first.weight
    this.#entries[this.#first % this.limits.entries] = undefined
    this.#firstBytes.dropUpTo(this.#first)
    this.#first += 1
    this.#dropped += 1
  }

  #dropWhatIsOverwritten(): void {
    for (;;) {
      const overwritten = this.#firstBytes.below(this.#ring.start)
      if (overwritten === null && (this.#weight <= MAX_HEADS_BYTES || this.count === 1)) return
      this.#dropFirst()
    }
  }

  #present(entry: StoredEntry): JournalEntry {
    const { requestBody, answerBody, status, requestHeaders, answerHeaders, method, url, virtualTime } = entry
    const shown = (body: KeptBody | null) => body && recordedBody(body, this.#ring, this.#redactor)
    return {
      number: entry.number,
      operationId: entry.operationId,
      tenantId: this.tenantId,
      startedAt: new Date(entry.startedAt).toISOString(),
      durationMilliseconds: Math.round(entry.durationMilliseconds * 1_000) / 1_000,
      virtualTime: virtualTime === null ? null : utcTime(virtualTime),
      request: { method, url, headers: requestHeaders, body: shown(requestBody) },
      answer: status === null ? null : { status, headers: answerHeaders, body: shown(answerBody) },
      fault: entry.fault,
      findings: entry.findings,
      why: entry.why,
    }
  }
}

function firstByteOf({ requestBody, answerBody }: StoredEntry): number {
  const [asked, answered] = [requestBody?.slice.at, answerBody?.slice.at]
  return Math.min(asked ?? Number.POSITIVE_INFINITY, answered ?? Number.POSITIVE_INFINITY)
}
