import type { Finding } from '../../openapi/check-answer.ts'
import { CUT_MARK } from '../../openapi/excerpt.ts'
import type { Why } from '../exchange/why.ts'
import { BodyRing } from './body-ring.ts'
import type { RecordedBody } from './entry.ts'
import { HeadMemo } from './heads.ts'
import {
  type KeepOptions,
  type KeptBody,
  keepBytes,
  keepText,
  type PassedBody,
  recordedBody,
} from './kept-body.ts'
import { KnownAnswers } from './known-answers.ts'
import { MAX_CLEAN_TARGETS, MAX_HEAD_VALUE } from './limits.ts'
import { Redactor } from './redactor.ts'
import type { Draft, Said } from './said.ts'
import { scrutinyOf } from './scrutiny.ts'

const none: readonly Finding[] = []

/** What an entry takes besides its heads, roughly. Bytes. */
const ENTRY_WEIGHT = 512

/** What an entry takes that says the same as one before. Bytes. */
const REPEATED_WEIGHT = 64

type Cleaned = Pick<Said, 'url' | 'requestHeaders' | 'requestBody' | 'answerHeaders'>

/** Makes of exchanges what is kept of them, and takes out keys and secrets. */
export class Scribe {
  readonly ring: BodyRing
  readonly #maxBodyBytes: number
  readonly #redactor = new Redactor()
  readonly #requestHeads = new HeadMemo(this.#redactor)
  readonly #answerHeads = new HeadMemo(this.#redactor)
  readonly #known = new KnownAnswers()
  /** By request target; only those that had nothing to be blanked. */
  readonly #urls = new Map<string, string>()
  #urlsGeneration = 0
  /** What the last exchange took in memory, besides its bodies. Bytes, roughly. */
  lastWeight = 0

  /** Both in bytes: of all bodies together, and of each. */
  constructor(ringBytes: number, maxBodyBytes: number) {
    this.ring = new BodyRing(ringBytes)
    this.#maxBodyBytes = maxBodyBytes
  }

  clear(): void {
    this.ring.clear()
    this.#known.clear()
    this.#urls.clear()
  }

  shown(body: KeptBody | null): RecordedBody | null {
    return body && recordedBody(body, this.ring, this.#redactor)
  }

  keep(body: PassedBody): KeptBody {
    return keepBytes(body, this.#keepOptions())
  }

  said(draft: Draft): Said {
    // First the request: what it brings in secrets is blanked in its answer.
    const requestBody = draft.requestBody && this.keep(draft.requestBody)
    const url = this.#url(draft.request)
    const requestHeaders = this.#requestHeads.of(draft.request.headers)
    const answerHeaders = this.#answerHeads.of(draft.answer?.headers ?? {})
    const asked = { url, requestHeaders, requestBody, answerHeaders }
    const known = this.#known.find(draft, this.#redactor.generation, this.ring)
    return known && isSame(known.said, draft, asked)
      ? this.#again(known.said)
      : this.#anew(draft, asked, known?.body)
  }

  #again(said: Said): Said {
    this.lastWeight = REPEATED_WEIGHT
    return said
  }

  #anew(draft: Draft, cleaned: Cleaned, known: KeptBody | undefined): Said {
    const { operationId, request, answer, fault, findings, why } = draft
    const { url, requestHeaders, requestBody, answerHeaders } = cleaned
    const { generation } = this.#redactor
    // Written out: a spread would make an object of four times the size, and thousands of them are held.
    const said: Said = {
      operationId,
      method: request.method,
      url,
      requestHeaders,
      requestBody,
      answerHeaders,
      status: answer?.status ?? null,
      answerBody: known ?? this.#keepAnswer(draft),
      fault,
      findings: findings.length === 0 ? none : findings.map((finding) => this.#cleanFinding(finding)),
      why: why && this.#cleanWhy(why),
    }
    this.#known.remember(draft, generation, said)
    this.lastWeight = ENTRY_WEIGHT + url.length + this.#requestHeads.lastWeight + this.#answerHeads.lastWeight
    return said
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
      ...(received !== undefined && { received: this.#cleanExcerpt(received) }),
    }
  }

  /** The dots stand where an excerpt was cut: half a key before them is not its end, and has to go as well. */
  #cleanExcerpt(received: string): string {
    if (!received.endsWith(CUT_MARK)) return this.#redactor.clean(received)
    return this.#redactor.clean(received.slice(0, -CUT_MARK.length), { cut: true }) + CUT_MARK
  }

  #keepAnswer({ operationId, answerBody }: Draft): KeptBody | null {
    if (answerBody === null) return null
    const options = this.#keepOptions()
    if (typeof answerBody === 'string') return keepText(answerBody, scrutinyOf(operationId), options)
    if (!(answerBody instanceof Uint8Array)) return keepBytes(answerBody, options)
    const passed = { size: answerBody.length, sha256: null, isComplete: true }
    return keepBytes({ ...passed, head: answerBody }, options)
  }

  #keepOptions(): KeepOptions {
    return { ring: this.ring, redactor: this.#redactor, maxBodyBytes: this.#maxBodyBytes }
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
}

/** Whether an exchange with the same target and answer text says the same in all else, and nothing out of the ordinary. */
function isSame(
  said: Said,
  { operationId, request, answer, fault, findings, why }: Draft,
  cleaned: Cleaned,
): boolean {
  return (
    said.url === cleaned.url &&
    said.requestHeaders === cleaned.requestHeaders &&
    said.answerHeaders === cleaned.answerHeaders &&
    said.method === request.method &&
    said.status === answer?.status &&
    said.operationId === operationId &&
    said.requestBody === null &&
    cleaned.requestBody === null &&
    isPlain(said) &&
    isPlain({ fault, findings, why })
  )
}

const isPlain = ({ fault, findings, why }: Pick<Said, 'fault' | 'findings' | 'why'>): boolean =>
  fault === null && why === null && findings.length === 0
