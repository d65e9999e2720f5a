import type { ExchangeRequest } from '../exchange/http.ts'
import type { RecordedHeaders } from './entry.ts'
import { MAX_HEAD, MAX_HEAD_VALUE, MAX_HEADERS } from './limits.ts'
import { REDACTED, type Redactor } from './redactor.ts'

type Headers = ExchangeRequest['headers']

/** Headers as they are kept: without credentials, and of bounded length. */
export function recordedHeaders(headers: Headers, redactor: Redactor): RecordedHeaders {
  const kept: Record<string, string | readonly string[]> = {}
  let room = MAX_HEAD
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (value === undefined || room < 0) continue
    const clean =
      typeof value === 'string'
        ? headerValue(name, value, redactor)
        : value.slice(0, MAX_HEADERS).map((one) => headerValue(name, one, redactor))
    room -= name.length + String(clean).length
    kept[name] = clean
  }
  return kept
}

function headerValue(name: string, value: string, redactor: Redactor): string {
  const isCut = value.length > MAX_HEAD_VALUE
  const clean = redactor.header(name, isCut ? value.slice(0, MAX_HEAD_VALUE) : value)
  return isCut ? `${clean}…` : clean
}

/**
 * Clients send the same headers with every request: what was made of them is used again. That is cheaper than to make
 * it anew, and takes no memory for each entry.
 */
export class HeadMemo {
  readonly #redactor: Redactor
  #generation = 0
  #last: RecordedHeaders = {}
  #lastNames: readonly string[] = []
  /** Of its `authorization`, with the space; null where it had none. */
  #lastScheme: string | null = null
  /** What the last head took in memory; 0 when there was one like it before. Bytes, roughly. */
  lastWeight = 0

  constructor(redactor: Redactor) {
    this.#redactor = redactor
  }

  of(headers: Headers): RecordedHeaders {
    this.lastWeight = 0
    if (this.#generation === this.#redactor.generation && this.#isLike(headers)) return this.#last
    this.#last = recordedHeaders(headers, this.#redactor)
    this.#lastNames = Object.keys(this.#last)
    this.#lastScheme = schemeOf(this.#last.authorization)
    this.#generation = this.#redactor.generation
    this.lastWeight = weightOf(this.#last)
    return this.#last
  }

  #isLike(headers: Headers): boolean {
    let count = 0
    for (const name in headers) {
      if (this.#lastNames[count] !== name) return false
      const value = headers[name]
      if (value !== this.#last[name] && !this.#isLikeCredentials(name, value)) return false
      count += 1
    }
    return count === this.#lastNames.length
  }

  #isLikeCredentials(name: string, value: string | string[] | undefined): boolean {
    if (name !== 'authorization' || typeof value !== 'string') return false
    // What is kept of it is its scheme; with another scheme it would have been kept differently.
    if (this.#lastScheme !== null) return value.startsWith(this.#lastScheme)
    return this.#redactor.header(name, value) === this.#last[name]
  }
}

function schemeOf(recorded: RecordedHeaders[string] | undefined): string | null {
  const isSchemed = typeof recorded === 'string' && recorded.endsWith(` ${REDACTED}`)
  return isSchemed ? recorded.slice(0, -REDACTED.length) : null
}

function weightOf(headers: RecordedHeaders): number {
  let weight = 0
  for (const name in headers) weight += name.length + 16 + String(headers[name]).length
  return weight
}
