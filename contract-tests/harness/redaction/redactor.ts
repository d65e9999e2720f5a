import type { Schema } from '../../../openapi/openapi-document.ts'
import { isObject, type Json, parseJson, textAt } from '../json.ts'
import type { DescribedBodies } from '../naming/described-bodies.ts'
import { Names } from '../naming/names.ts'
import { writeTemplate } from '../naming/tokens.ts'
import { described } from '../operation-of.ts'
import { INLINE_TEXT } from '../recording/limits.ts'
import type { SeenPart } from '../recording/multipart-parts.ts'
import type {
  StoredBody,
  StoredExchange,
  StoredPart,
  StoredRequest,
  StoredResponse,
} from '../recording/stored-exchange.ts'
import {
  hasAnswer,
  type SeenBody,
  type SeenBytes,
  type SeenExchange,
  type SeenRequest,
  type SeenResponse,
} from '../seen-exchange.ts'
import { headerOf } from '../transport.ts'
import { BytesKeeper } from './bytes-keeper.ts'
import { decodedBody } from './decoded-body.ts'
import { HeaderRedactor } from './header-redactor.ts'
import type { KnownSecrets } from './known-secrets.ts'
import { type BodyOrigin, LeafRedactor, SECRET_KEY } from './leaf-redactor.ts'
import { SentTexts } from './sent-texts.ts'
import { TextMasker } from './text-masker.ts'
import { UrlNamer } from './url-namer.ts'

export interface RedactorOptions {
  readonly bodies: DescribedBodies
  readonly secrets: KnownSecrets
  /** The platform's scheme and authority: becomes `{base}`. */
  readonly origin: string
  /** What all names of this run contain; becomes `{marker#1}`. */
  readonly marker?: string | undefined
  /** Keep what jobs print and make. Default false: it may hold the keys that jobs are given. */
  readonly keepOutput?: boolean
  readonly names?: Names
}

/** What is known of an exchange's request besides what was seen: its parts, where it was a form. */
export type Parts = readonly SeenPart[] | undefined

/**
 * Makes of an exchange what may be kept: by lists of what is allowed, so that what nobody thought of is not kept.
 * The same function before saving, before matching and on loading, so that what was saved can be found again. One
 * redactor is one recording: equal values get equal names within it, and mean nothing outside.
 */
export class Redactor {
  readonly names: Names
  readonly #options: RedactorOptions
  readonly #sent = new SentTexts()
  readonly #masker: TextMasker
  readonly #urls: UrlNamer
  readonly #leaves: LeafRedactor
  readonly #headers: HeaderRedactor
  readonly #bytes: BytesKeeper
  /** Files that were uploaded within this recording: their content is nobody else's. */
  readonly #ownFiles = new Set<string>()

  constructor(options: RedactorOptions) {
    this.#options = options
    this.names = options.names ?? new Names()
    const { secrets, marker, origin } = options
    const sent = this.#sent
    const masker = new TextMasker({ names: this.names, secrets, marker })
    const urls = new UrlNamer({ names: this.names, masker, origin, wasSent: (text) => sent.has(text) })
    const parts = { names: this.names, masker, urls, sent, secrets }
    this.#masker = masker
    this.#urls = urls
    this.#leaves = new LeafRedactor(parts)
    this.#headers = new HeaderRedactor(parts)
    this.#bytes = new BytesKeeper(parts)
  }

  exchange(seen: SeenExchange, parts?: Parts): StoredExchange {
    const { seq, operationId, phase, caller, startedAt } = seen
    const request = this.request(seen.request, operationId, parts)
    const response = hasAnswer(seen) ? this.#response(seen.response, seen) : failureOf(seen.response)
    if (hasAnswer(seen) && UPLOADS.has(operationId)) this.#noteOwnFile(seen.response.body)
    return {
      seq,
      operationId,
      phase,
      caller,
      request,
      response,
      startedAt,
      durationMs: Math.round(seen.durationMs),
    }
  }

  request(seen: SeenRequest, operationId: SeenExchange['operationId'], parts?: Parts): StoredRequest {
    const { method, url, headers } = seen
    this.#noteSent(url)
    return {
      method: this.#plain(method),
      url: this.address(url),
      headers: this.#headers.request(headers),
      body: parts ? { parts: parts.map((part) => this.#part(part)) } : this.#requestBody(seen, operationId),
    }
  }

  #noteSent(url: string): void {
    if (!URL.canParse(url)) return
    for (const [key, value] of new URL(url).searchParams)
      if (this.#masker.isClean(`?${key}=${value}`)) this.#sent.add(value)
  }

  /** An address that we asked, as a template. */
  address(url: string): string {
    return writeTemplate(this.#urls.template(url, true) ?? [{ name: this.names.name('url', url) }])
  }

  /** Whether a checksum is of bytes that the recording has. */
  isOfKept(hash: string): boolean {
    return this.#bytes.isOfKept(hash)
  }

  #requestBody({ body }: SeenRequest, operationId: SeenExchange['operationId']): StoredBody {
    if (body.kind === 'none') return null
    if (body.kind === 'json') {
      this.#sent.addAll(body.value, (key) => SECRET_KEY.test(key))
      return { json: this.#json(this.#options.bodies.request(operationId), body.value, { ours: true }) }
    }
    if (body.kind === 'text') return this.#text(body.text)
    this.#sent.addBody(body.sha256)
    return this.#bytes.keep(body, true)
  }

  #part({ name, filename, contentType, size, sha256, sha512, head }: SeenPart): StoredPart {
    if (filename !== undefined) this.#sent.add(filename)
    this.#sent.addBody(sha256)
    const whole = size === head.length
    if (!whole) this.#bytes.noteRecipe(head, size, sha256)
    const bytes: SeenBytes = { kind: 'bytes', size, sha256, sha512, ...(whole && { bytes: head }) }
    return {
      name: this.#plain(name),
      ...(filename !== undefined && { filename: this.#plain(filename) }),
      ...(contentType !== undefined && { contentType: this.#plain(contentType) }),
      body:
        filename === undefined && whole
          ? this.#text(Buffer.from(head).toString())
          : this.#bytes.keep(bytes, true),
    }
  }

  #response(seen: SeenResponse, exchange: SeenExchange): StoredResponse {
    const encoding = headerOf(seen.headers, 'content-encoding')
    const body = encoding === undefined ? seen.body : decodedBody(seen, encoding)
    return {
      status: seen.status,
      ...this.#headers.response(seen.headers),
      body: exchange.request.method === 'HEAD' ? null : this.#responseBody(body, seen, exchange),
      ...(encoding !== undefined && { wire: { contentEncoding: this.#plain(encoding) } }),
    }
  }

  #responseBody(
    body: SeenBody,
    { status, headers }: SeenResponse,
    { operationId, request }: SeenExchange,
  ): StoredBody {
    const schema = this.#options.bodies.response(operationId, status, headerOf(headers, 'content-type'))
    const from = this.#originOf(operationId, request)
    if (body.kind === 'none') return null
    if (body.kind === 'json') return { json: this.#json(schema, body.value, from) }
    const harmless = from.harmless === true || this.#sent.hasBody(body.sha256)
    if (body.kind === 'bytes') return this.#bytes.keep(body, harmless, headers)
    // Uploads are answered with JSON under another name (api-facts §1.4).
    const json = schema?.type === 'string' ? undefined : parseJson(body.text)
    if (json !== undefined) return { json: this.#json(schema, json, from) }
    return harmless ? this.#text(body.text) : this.#bytes.withheld(body)
  }

  #originOf(operationId: SeenExchange['operationId'], { method, url }: SeenRequest): BodyOrigin {
    const match = URL.canParse(url) ? described(method, url) : undefined
    const fileId = match?.kind === 'route' ? match.path.fileId : undefined
    const harmless = this.#options.keepOutput === true || (fileId !== undefined && this.#ownFiles.has(fileId))
    return { harmless, harmlessNames: this.#options.keepOutput === true && OUTPUT_LISTS.has(operationId) }
  }

  #noteOwnFile(body: SeenBody): void {
    const value = body.kind === 'json' ? body.value : body.kind === 'text' ? parseJson(body.text) : undefined
    const id = isObject(value) ? textAt(value, 'id') : undefined
    if (id !== undefined) this.#ownFiles.add(id)
  }

  #json(schema: Schema | undefined, value: Json, from: BodyOrigin): Json {
    return this.#options.bodies.shapes.map(schema, value, this.#leaves.mapper(from))
  }

  #text(text: string): StoredBody {
    if (text.length > INLINE_TEXT) return this.#bytes.withheld({ sha256: text, size: text.length })
    const parts = this.#masker.template(text)
    this.#bytes.noteKept(Buffer.from(text))
    return { text: writeTemplate(parts) }
  }

  #plain(text: string): string {
    return writeTemplate(this.#masker.template(text))
  }
}

const UPLOADS: ReadonlySet<SeenExchange['operationId']> = new Set(['uploadFile', 'replaceUploadFile'])

/** What lists the files that jobs have made. */
const OUTPUT_LISTS: ReadonlySet<SeenExchange['operationId']> = new Set([
  'listJobFiles',
  'listRunFiles',
  'listRunDirectory',
])

/** What failed names hosts and addresses: only its code is kept. */
function failureOf(response: SeenExchange['response']): StoredExchange['response'] {
  const { failure, status } = response as { readonly failure: string; readonly status?: number }
  const code = /\b(E[A-Z]{3,}|UND_ERR_[A-Z_]+)\b/.exec(failure)?.[1] ?? 'failed'
  return { failure: code, ...(status !== undefined && { status }) }
}
