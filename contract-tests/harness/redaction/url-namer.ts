import { routes } from '../../../openapi/generated/routes.ts'
import type { Route } from '../../../openapi/route.ts'
import { parameterKinds } from '../naming/leaf-kinds.ts'
import type { Names } from '../naming/names.ts'
import type { TemplatePart } from '../naming/tokens.ts'
import { described } from '../operation-of.ts'
import type { TextMasker } from './text-masker.ts'

/** The name that stands for the platform's scheme and authority. */
export const BASE = 'base'

export interface UrlNamerParts {
  readonly names: Names
  readonly masker: TextMasker
  /** The platform's scheme and authority. */
  readonly origin: string
  /** Whether this recording has sent the text itself. */
  readonly wasSent: (text: string) => boolean
}

/** Writes addresses as templates: taken apart into segments and parameters, each of which is named by what it is. */
export class UrlNamer {
  readonly #parts: UrlNamerParts

  constructor(parts: UrlNamerParts) {
    this.#parts = parts
  }

  /** Undefined where the text is no address. `ours`: we sent it. */
  template(text: string, ours: boolean): TemplatePart[] | undefined {
    if (!/^(https?:)?\//i.test(text) || !URL.canParse(text, this.#parts.origin)) return undefined
    const url = new URL(text, this.#parts.origin)
    const route = url.origin === this.#parts.origin ? routeAt(url) : undefined
    return [
      ...this.#authority(text, url),
      ...this.#path(url, route, ours),
      ...this.#query(url, route, ours),
      ...(url.hash === '' ? [] : ['#', ...this.#text(url.hash.slice(1), ours, encodeURIComponent)]),
    ]
  }

  #authority(text: string, url: URL): TemplatePart[] {
    if (text.startsWith('/') && !text.startsWith('//')) return []
    if (url.origin === this.#parts.origin && url.username === '' && url.password === '')
      return [{ name: BASE }]
    const { names } = this.#parts
    const user =
      url.username === '' ? [] : [{ name: names.name('secret', `${url.username}:${url.password}`) }, '@']
    return [`${url.protocol}//`, ...user, { name: names.name('host', url.host) }]
  }

  #path({ pathname, origin }: URL, route: Route | undefined, ours: boolean): TemplatePart[] {
    const segments = pathname.split('/')
    const foreign = origin !== this.#parts.origin
    return segments.flatMap((segment, index) => [
      ...(index === 0 ? [] : ['/']),
      ...(foreign && segment !== ''
        ? [{ name: this.#parts.names.name('segment', decoded(segment)) }]
        : this.#segment(segment, route?.segments[index - 1] ?? route?.segments.at(-1), ours)),
    ])
  }

  #segment(segment: string, place: Route['segments'][number] | undefined, ours: boolean): TemplatePart[] {
    const { names } = this.#parts
    const text = decoded(segment)
    if (segment === '') return []
    if (typeof place === 'string' && place === segment) return [segment]
    const kind = typeof place === 'object' ? (parameterKinds[place.parameter] ?? 'text') : undefined
    if (kind?.startsWith('id:')) return [{ name: names.name(kind.slice(3), text) }]
    if (kind === undefined && !ours && !/^[a-z][a-z0-9_-]{0,30}$/.test(text)) {
      return [{ name: names.identifier(text) ?? names.name('segment', text) }]
    }
    return this.#text(text, ours || kind !== 'text', encodeURIComponent)
  }

  #query({ search }: URL, route: Route | undefined, ours: boolean): TemplatePart[] {
    if (search === '') return []
    const pairs = search.slice(1).split('&')
    return pairs.flatMap((pair, index) => [index === 0 ? '?' : '&', ...this.#pair(pair, route, ours)])
  }

  #pair(pair: string, route: Route | undefined, ours: boolean): TemplatePart[] {
    const { names, masker } = this.#parts
    const equals = pair.indexOf('=')
    const key = formDecoded(equals < 0 ? pair : pair.slice(0, equals))
    const value = equals < 0 ? '' : formDecoded(pair.slice(equals + 1))
    const parameter = route?.parameters.find(({ name, in: where }) => where === 'query' && name === key)
    const keyParts =
      parameter || (/^[\w-]{1,40}$/.test(key) && masker.isClean(key))
        ? [key]
        : [{ name: names.name('key', key) }]
    if (equals < 0) return keyParts
    // Seen together, as detectors know what a signed link's parameters are called.
    const masked = masker.isClean(`?${key}=${value}`)
      ? this.#text(value, ours || isClosed(parameter) || this.#parts.wasSent(value), formEncoded)
      : [{ name: names.name('secret', value) }]
    return [...keyParts, '=', ...masked]
  }

  #text(text: string, keep: boolean, encode: (text: string) => string): TemplatePart[] {
    const { names, masker, wasSent } = this.#parts
    if (text === '') return []
    if (!keep && !wasSent(text)) return [{ name: names.name('text', text) }]
    return masker.template(text).map((part) => (typeof part === 'string' ? encode(part) : part))
  }
}

/** Numbers and choices. */
const isClosed = (parameter: Route['parameters'][number] | undefined): boolean =>
  parameter !== undefined && (parameter.schema.type !== 'string' || parameter.schema.enum !== undefined)

const methods = [...new Set(routes.map(({ method }) => method))]

/** What is described at an address, whatever the method. */
function routeAt(url: URL): Route | undefined {
  for (const method of methods) {
    const match = described(method, url.href)
    if (match.kind === 'route') return match.route
  }
  return undefined
}

/** Percent-escapes that are no UTF-8 stay as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const formDecoded = (text: string): string => decoded(text.replaceAll('+', ' '))

/** As forms and Django write it: a space is a plus. */
export const formEncoded = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+')
