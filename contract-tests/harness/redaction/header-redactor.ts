import type { Names } from '../naming/names.ts'
import { writeTemplate } from '../naming/tokens.ts'
import type { StoredHeaders } from '../recording/stored-exchange.ts'
import type { HeaderPairs } from '../transport.ts'
import { type HeaderKind, requestHeaders, responseHeaders } from './header-rules.ts'
import type { SentTexts } from './sent-texts.ts'
import type { TextMasker } from './text-masker.ts'
import type { UrlNamer } from './url-namer.ts'

export interface HeaderRedactorParts {
  readonly names: Names
  readonly masker: TextMasker
  readonly urls: UrlNamer
  readonly sent: SentTexts
}

/** Keeps of headers what is on a list, and of all others that they came. */
export class HeaderRedactor {
  readonly #parts: HeaderRedactorParts

  constructor(parts: HeaderRedactorParts) {
    this.#parts = parts
  }

  request(headers: HeaderPairs): StoredHeaders {
    return this.#headers(headers, requestHeaders)
  }

  response(headers: HeaderPairs): { headers: StoredHeaders; otherHeaders?: readonly string[] } {
    const others = headers
      .map(([name]) => name.toLowerCase())
      .filter((name) => !Object.hasOwn(responseHeaders, name))
    const otherHeaders = [...new Set(others)].map((name) => this.#headerName(name)).sort()
    return {
      headers: this.#headers(headers, responseHeaders),
      ...(otherHeaders.length > 0 && { otherHeaders }),
    }
  }

  #headers(headers: HeaderPairs, rules: Readonly<Record<string, HeaderKind>>): StoredHeaders {
    return headers.flatMap(([given, value]) => {
      const name = given.toLowerCase()
      const kind = Object.hasOwn(rules, name) ? rules[name] : undefined
      return kind === undefined ? [] : [[name, this.#header(kind, value)] as const]
    })
  }

  #header(kind: HeaderKind, value: string): string {
    switch (kind) {
      case 'media-type':
        // A boundary is different each time.
        return this.#plain(value.replace(/;\s*boundary=(?:"[^"]*"|[^;]*)/i, ''))
      case 'url':
        return writeTemplate(
          this.#parts.urls.template(value, false) ?? [{ name: this.#parts.names.name('text', value) }],
        )
      case 'entity-tags':
        return this.#entityTags(value)
      case 'disposition':
        return this.#disposition(value)
      default:
        return this.#plain(value)
    }
  }

  /** Not everybody quotes them: what stands outside of quotes is a text like any other. */
  #entityTags(value: string): string {
    const name = (tag: string): string => writeTemplate([{ name: this.#parts.names.name('etag', tag) }])
    return value
      .split(/"([^"]*)"/)
      .map((part, index) => (index % 2 === 0 ? this.#plain(part) : `"${name(part)}"`))
      .join('')
  }

  #disposition(value: string): string {
    const name = (text: string): string =>
      this.#parts.sent.has(text)
        ? this.#plain(text)
        : writeTemplate([{ name: this.#parts.names.name('text', text) }])
    return value
      .split(';')
      .map((part) => {
        const [, key, text] = /^\s*(filename\*?)\s*=\s*"?([^"]*)"?\s*$/i.exec(part) ?? []
        if (key === undefined || text === undefined) return this.#plain(part)
        return part.replace(text, name(text))
      })
      .join(';')
  }

  #headerName(name: string): string {
    return HEADER_NAME.test(name) && !/\d{3}/.test(name) && this.#parts.masker.isClean(name)
      ? name
      : writeTemplate([{ name: this.#parts.names.name('key', name) }])
  }

  #plain(text: string): string {
    return writeTemplate(this.#parts.masker.template(text))
  }
}

/** Words, not keys. */
const HEADER_NAME = /^[a-z][a-z0-9]{0,14}(?:-[a-z0-9]{1,15}){0,6}$/
