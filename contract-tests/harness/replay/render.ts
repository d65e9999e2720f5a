import type { Json } from '../json.ts'
import type { Names } from '../naming/names.ts'
import { fillTokens, readTemplate } from '../naming/tokens.ts'
import { bytesOfRecipe } from '../recording/generated-bytes.ts'
import type { StoredBody, StoredResponse } from '../recording/stored-exchange.ts'
import { BASE, formEncoded } from '../redaction/url-namer.ts'
import type { HeaderPairs } from '../transport.ts'

/** A recorded answer with values in place of names. */
export interface RenderedAnswer {
  readonly status: number
  readonly headers: HeaderPairs
  readonly body: Uint8Array
}

export interface RenderParts {
  readonly names: Names
  readonly origin: string
  /** Bytes that were uploaded during this replay, by SHA-256: large ones are not in the recording. */
  readonly supplied: (sha256: string) => Uint8Array | undefined
}

/** What was not kept, and cannot be made again. */
export class BodyNotKeptError extends Error {
  override readonly name = 'BodyNotKeptError'
}

/** The recorded request got no answer, and neither does this one. */
export class RecordedFailure extends Error {
  override readonly name = 'RecordedFailure'
  readonly code: string

  constructor(code: string) {
    super(`the recorded request got no answer: ${code}`)
    this.code = code
  }
}

export function renderAnswer(response: StoredResponse, parts: RenderParts): RenderedAnswer {
  const render = new Renderer(parts)
  const body = render.body(response.body)
  const headers = response.headers.map(([name, value]) => [name, render.header(name, value)] as const)
  return { status: response.status, headers: withLength(headers, response.body, body.length), body }
}

/** Values may be longer or shorter than the ones that were recorded. */
function withLength(headers: HeaderPairs, stored: StoredBody, length: number): HeaderPairs {
  if (stored === null) return headers
  return headers.map(([name, value]) => (name === 'content-length' ? [name, String(length)] : [name, value]))
}

/** Puts values where a recording has names. */
export class Renderer {
  readonly #parts: RenderParts

  constructor(parts: RenderParts) {
    this.#parts = parts
  }

  header(name: string, value: string): string {
    return name === 'location' ? this.url(value) : this.text(value)
  }

  json(named: Json): Json {
    return fillTokens(named, {
      value: (name) => this.#value(name),
      text: (template) => this.text(template),
      url: (template) => this.url(template),
    })
  }

  text(template: string): string {
    return readTemplate(template)
      .map((part) => (typeof part === 'string' ? part : String(this.#value(part.name))))
      .join('')
  }

  url(template: string): string {
    let inQuery = false
    return readTemplate(template)
      .map((part) => {
        if (typeof part !== 'string') return this.#urlValue(part.name, inQuery)
        inQuery ||= part.includes('?')
        return part
      })
      .join('')
  }

  body(stored: StoredBody): Uint8Array {
    if (stored === null) return new Uint8Array()
    if ('json' in stored) return encode(JSON.stringify(this.json(stored.json)))
    if ('text' in stored) return encode(this.text(stored.text))
    if ('withheld' in stored) return encode('.'.repeat(stored.size))
    if ('parts' in stored) throw new BodyNotKeptError('only requests have parts')
    const { base64, recipe, sha256, size } = stored.bytes
    if (base64 !== undefined) return Buffer.from(base64, 'base64')
    if (recipe) return Buffer.concat([...bytesOfRecipe(recipe)])
    const supplied = this.#parts.supplied(sha256)
    if (supplied) return supplied
    throw new BodyNotKeptError(
      `${size} bytes with the SHA-256 ${sha256} are not in the recording, and were not uploaded during this replay`,
    )
  }

  #urlValue(name: string, inQuery: boolean): string {
    const value = String(this.#value(name))
    if (name === BASE || name.startsWith('host#')) return value
    return inQuery ? formEncoded(value) : encodeURIComponent(value)
  }

  #value(name: string): Json {
    if (name === BASE) return this.#parts.origin
    return this.#parts.names.valueOf(name) ?? name
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
