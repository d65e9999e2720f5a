import type { Json } from '../json.ts'
import type { Leaf, LeafMapper } from '../naming/map-leaves.ts'
import type { Names } from '../naming/names.ts'
import { isPlain, type TemplatePart, token, writeTemplate } from '../naming/tokens.ts'
import type { SentTexts } from './sent-texts.ts'
import type { TextMasker } from './text-masker.ts'
import type { UrlNamer } from './url-namer.ts'

export interface LeafRedactorParts {
  readonly names: Names
  readonly masker: TextMasker
  readonly urls: UrlNamer
  readonly sent: SentTexts
}

/** Where a body comes from, as far as that decides what is kept of it. */
export interface BodyOrigin {
  /** We sent it. */
  readonly ours?: boolean
  /** What programs wrote into it is known to be harmless. */
  readonly harmless?: boolean
  /** So are the names of files that they made. */
  readonly harmlessNames?: boolean
}

type Scalar = string | number | boolean | null

/** Fields whose values are secrets, by the end of a JSON pointer. */
export const SECRET_KEY =
  /(?:password|passwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|credentials?)$/i
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/
const KEY = /^[A-Za-z_][\w-]{0,63}$/

/** Decides leaf by leaf what is kept. What is on no list is not. */
export class LeafRedactor {
  readonly #parts: LeafRedactorParts

  constructor(parts: LeafRedactorParts) {
    this.#parts = parts
  }

  mapper(body: BodyOrigin): LeafMapper {
    const ours = body.ours === true
    return {
      leaf: (value, leaf) => this.#leaf(value, leaf, body),
      key: (key, leaf) => this.#key(key, leaf, ours),
    }
  }

  text(text: string): Json {
    return asToken(this.#parts.masker.template(text))
  }

  #leaf(value: Scalar, leaf: Leaf, body: BodyOrigin): Json {
    const ours = body.ours === true
    if (value === null || typeof value === 'boolean' || value === '') return value
    const { names } = this.#parts
    if (SECRET_KEY.test(leaf.pointer)) return token('$name', names.name('secret', value))
    if (typeof value === 'number') {
      return leaf.kind === null && !ours ? token('$name', names.name('number', value)) : value
    }
    return this.#string(value, leaf.kind, body)
  }

  #string(value: string, kind: Leaf['kind'], body: BodyOrigin): Json {
    const { names, urls, sent } = this.#parts
    const ours = body.ours === true
    switch (kind) {
      case 'secret':
      case 'email':
      case 'host':
      case 'hash':
        return token('$name', names.name(kind, value))
      case 'date':
        return DATE.test(value) ? token('$date', value) : this.#string(value, 'text', body)
      case 'url': {
        const parts = urls.template(value, ours)
        return parts ? token('$url', writeTemplate(parts)) : this.#string(value, 'text', body)
      }
      case 'path':
        return asToken(
          value
            .split('/')
            .flatMap((segment, index) => [
              ...(index === 0 ? [] : ['/']),
              ...this.#segment(segment, ours || body.harmlessNames === true),
            ]),
        )
      case 'public':
      case 'message':
        return this.text(value)
      case 'log':
        return this.#kept(value, body.harmless === true || ours || sent.has(value), 'log')
      case 'text':
        return this.#kept(
          value,
          ours || body.harmlessNames === true || WORDS.test(value) || sent.has(value),
          'text',
        )
      case null:
        return this.#kept(value, ours || sent.has(value), 'unknown')
      default:
        return token('$name', names.name(kind.slice('id:'.length), value))
    }
  }

  #kept(value: string, keep: boolean, type: string): Json {
    return keep ? this.text(value) : token('$name', this.#parts.names.name(type, value))
  }

  /** Storage paths are made of words of the platform's, ids behind a word, and names of files. */
  #segment(segment: string, ours: boolean): TemplatePart[] {
    const { names, masker, sent } = this.#parts
    const [, word, id] = /^(user|job)_([A-Za-z]{5,6})$/.exec(segment) ?? []
    if (word !== undefined && id !== undefined) return [`${word}_`, { name: names.name(word, id) }]
    if (segment === '' || WORDS.test(segment)) return [segment]
    return ours || sent.has(segment) ? masker.template(segment) : [{ name: names.name('text', segment) }]
  }

  /** Keys are data too, where the description leaves them open. */
  #key(key: string, { kind }: Leaf, ours: boolean): string {
    const { names, masker, sent } = this.#parts
    const harmless = KEY.test(key) && masker.isClean(key)
    if (harmless && (kind === 'message' || kind === null)) return writeTemplate([key])
    if (ours || sent.has(key)) return writeTemplate(masker.template(key))
    return writeTemplate([{ name: names.name('key', key) }])
  }
}

const WORDS = /^(?:user|users|input|output|programmatic|run\d{1,6}|\d{1,6}|shared|work|process_output\.log)$/

function asToken(parts: readonly TemplatePart[]): Json {
  return isPlain(parts) ? parts.join('') : token('$text', writeTemplate(parts))
}
