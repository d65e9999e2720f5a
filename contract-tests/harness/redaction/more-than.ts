import { escaped } from '../../../openapi/json-pointer.ts'
import { isList, isObject, type Json } from '../json.ts'
import { readTemplate, readToken, type TemplatePart } from '../naming/tokens.ts'
import type {
  StoredBody,
  StoredExchange,
  StoredHeaders,
  StoredPart,
  StoredRequest,
  StoredResponse,
} from '../recording/stored-exchange.ts'
import { literal } from '../regexp-literal.ts'
import { BASE } from './url-namer.ts'

/**
 * Where one says literally what the other names or leaves out: the first such place, as words and a JSON pointer. Names
 * say nothing, whatever the other has in their place.
 */
export class MoreThan {
  readonly #isName: (name: string) => boolean

  /** `isName`: of the recording that is looked at; what is in braces and no name of it is text. */
  constructor(isName: (name: string) => boolean) {
    this.#isName = (name) => name === BASE || isName(name)
  }

  exchange(stored: StoredExchange, again: StoredExchange): string | undefined {
    const asked = this.#request(stored.request, again.request)
    if (asked !== undefined) return `request ${asked}`
    const answered = this.#response(stored.response, again.response)
    return answered === undefined ? undefined : `response ${answered}`
  }

  #request(stored: StoredRequest, again: StoredRequest): string | undefined {
    if (!this.#within(stored.method, again.method)) return 'method'
    if (!this.#within(stored.url, again.url)) return 'address'
    return this.#headers(stored.headers, again.headers) ?? this.#body(stored.body, again.body, 'body ')
  }

  #response(stored: StoredExchange['response'], again: StoredExchange['response']): string | undefined {
    if ('failure' in stored)
      return 'failure' in again && stored.failure === again.failure ? undefined : 'failure'
    if ('failure' in again) return 'failure'
    return (
      this.#headers(stored.headers, again.headers) ??
      this.#otherHeaders(stored, again) ??
      this.#body(stored.body, again.body, 'body ')
    )
  }

  #headers(stored: StoredHeaders, again: StoredHeaders): string | undefined {
    const left = stored.findIndex(([name], index) => name !== again[index]?.[0])
    if (left >= 0) return `header ${left + 1}`
    const more = stored.find(([, value], index) => !this.#within(value, again[index]?.[1] ?? ''))
    return more && `header ${more[0]}`
  }

  #otherHeaders({ otherHeaders = [] }: StoredResponse, again: StoredResponse): string | undefined {
    const kept = again.otherHeaders ?? []
    return otherHeaders.every((name) => kept.some((other) => this.#within(name, other)))
      ? undefined
      : 'names of headers'
  }

  #body(stored: StoredBody, again: StoredBody, place: string): string | undefined {
    if (stored === null) return undefined
    if ('withheld' in stored) return undefined
    if (again === null) return place
    if ('json' in stored) {
      const more = 'json' in again ? this.#json(stored.json, again.json) : ''
      return more === undefined ? undefined : `${place}${more}`
    }
    if ('text' in stored) return 'text' in again && this.#within(stored.text, again.text) ? undefined : place
    if ('parts' in stored) return 'parts' in again ? this.#parts(stored.parts, again.parts) : place
    return 'bytes' in again && sameBytes(stored.bytes, again.bytes) ? undefined : place
  }

  #parts(stored: readonly StoredPart[], again: readonly StoredPart[]): string | undefined {
    for (const [index, part] of stored.entries()) {
      const other = again[index]
      const place = `part ${index + 1}`
      if (!other) return place
      for (const key of ['name', 'filename', 'contentType'] as const)
        if (!this.#within(part[key] ?? '', other[key] ?? '')) return `${place} ${key}`
      const more = this.#body(part.body, other.body, place)
      if (more !== undefined) return more
    }
    return undefined
  }

  /** A JSON pointer, written only where there is one to be written. */
  #json(stored: Json, again: Json): string | undefined {
    const template = this.#templateOf(stored)
    if (template !== undefined) return this.#leaf(template, again) ? undefined : ''
    if (isList(stored)) return isList(again) ? this.#list(stored, again) : ''
    if (isObject(stored)) return this.#entries(entriesOf(stored), entriesOf(again))
    return stored === again || stored === null ? undefined : ''
  }

  #list(stored: readonly Json[], again: readonly Json[]): string | undefined {
    for (const [index, item] of stored.entries()) {
      const more = this.#json(item, again[index] ?? null)
      if (more !== undefined) return `/${index}${more}`
    }
    return undefined
  }

  #entries(stored: readonly Entry[], again: readonly Entry[]): string | undefined {
    for (const [index, [key, inner]] of stored.entries()) {
      const [other, value = null] = again[index] ?? []
      if (other === undefined || !this.#within(key, other)) return ''
      const more = this.#json(inner, value)
      if (more !== undefined) return `/${escaped(key)}${more}`
    }
    return undefined
  }

  #leaf(template: readonly TemplatePart[], again: Json): boolean {
    if (template.every((part) => typeof part !== 'string')) return true
    const other = this.#templateOf(again)
    return other !== undefined && isWithin(template, other)
  }

  #templateOf(value: Json): TemplatePart[] | undefined {
    if (typeof value === 'string') return value === '' ? [] : [value]
    const token = readToken(value)
    if (token === undefined || token.key === '$literal' || typeof token.value !== 'string') return undefined
    return token.key === '$name'
      ? [this.#isName(token.value) ? { name: token.value } : token.value]
      : token.key === '$date'
        ? [token.value]
        : this.#read(token.value)
  }

  #within(stored: string, again: string): boolean {
    return stored === again || isWithin(this.#read(stored), readTemplate(again))
  }

  #read(template: string): TemplatePart[] {
    return readTemplate(template).map((part) =>
      typeof part === 'string' || this.#isName(part.name) ? part : part.name,
    )
  }
}

/** Every piece of text stands as a piece of text in the other, in order; names may be anything there. */
function isWithin(template: readonly TemplatePart[], other: readonly TemplatePart[]): boolean {
  const text = other.map((part) => (typeof part === 'string' ? part : NAMED)).join('')
  const [first] = template
  if (template.length === 1 && typeof first === 'string') return first === text
  const pattern = template.map((part) => (typeof part === 'string' ? literal(part) : '[^]*')).join('')
  return new RegExp(`^${pattern}$`).test(text)
}

/** Stands for a name where texts are compared: no text of a platform's has it. */
const NAMED = '\u{F8FF}'

type Bytes = Extract<StoredBody, { bytes: unknown }>['bytes']

const sameBytes = (stored: Bytes, again: Bytes): boolean =>
  stored.sha256 === again.sha256 && (stored.base64 === undefined || stored.base64 === again.base64)

type Entry = readonly [key: string, value: Json]

/** An object's own entries; keys are templates. */
function entriesOf(value: Json): readonly Entry[] {
  const token = readToken(value)
  const object = token?.key === '$literal' ? token.value : value
  return isObject(object) ? Object.entries(object) : []
}
