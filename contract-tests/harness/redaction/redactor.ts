import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { Schema } from '../../../openapi/openapi-document.ts'
import type { Json } from '../json.ts'
import type { DescribedBodies } from '../naming/described-bodies.ts'
import { Names } from '../naming/names.ts'
import { writeTemplate } from '../naming/tokens.ts'
import { recipeOf, sha256Of } from '../recording/generated-bytes.ts'
import { INLINE_BYTES, INLINE_TEXT } from '../recording/limits.ts'
import type { SeenPart } from '../recording/multipart-parts.ts'
import type {
  StoredBody,
  StoredBytes,
  StoredExchange,
  StoredHeaders,
  StoredRecipe,
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
import { type HeaderPairs, headerOf } from '../transport.ts'
import { type HeaderKind, requestHeaders, responseHeaders } from './header-rules.ts'
import type { KnownSecrets } from './known-secrets.ts'
import { LeafRedactor } from './leaf-redactor.ts'
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
  readonly #recipes = new Map<string, StoredRecipe>()
  /** Checksums of bytes that stand in the recording, by their SHA-256. */
  readonly #keptHashes = new Set<string>()

  constructor(options: RedactorOptions) {
    this.#options = options
    this.names = options.names ?? new Names()
    const { names } = this
    const { secrets, marker, origin, keepOutput = false } = options
    this.#masker = new TextMasker({ names, secrets, marker })
    this.#urls = new UrlNamer({
      names,
      masker: this.#masker,
      origin,
      wasSent: (text) => this.#sent.has(text),
    })
    this.#leaves = new LeafRedactor({
      names,
      masker: this.#masker,
      urls: this.#urls,
      sent: this.#sent,
      keepOutput,
    })
  }

  exchange(seen: SeenExchange, parts?: Parts): StoredExchange {
    const { seq, operationId, phase, caller, startedAt, durationMs } = seen
    const request = this.request(seen.request, operationId, parts)
    const response = hasAnswer(seen)
      ? this.#response(seen.response, seen)
      : this.#failure(seen.response as { failure: string; status?: number })
    return {
      seq,
      operationId,
      phase,
      caller,
      request,
      response,
      startedAt,
      durationMs: Math.round(durationMs),
    }
  }

  request(seen: SeenRequest, operationId: SeenExchange['operationId'], parts?: Parts): StoredRequest {
    const { method, url, headers } = seen
    this.#noteQuery(url)
    return {
      method,
      url: this.address(url),
      headers: this.#headers(headers, requestHeaders),
      body: parts ? { parts: parts.map((part) => this.#part(part)) } : this.#requestBody(seen, operationId),
    }
  }

  /** An address that we asked, as a template. */
  address(url: string): string {
    return writeTemplate(this.#urls.template(url, true) ?? [{ name: this.names.name('url', url) }])
  }

  /** A sentence of our own (an error, a report) without what may not be seen. */
  sentence(text: string): string {
    return writeTemplate(this.#masker.template(text))
  }

  /** Whether a checksum is of bytes that the recording has. */
  isOfKept(hash: string): boolean {
    return this.#keptHashes.has(hash.toLowerCase())
  }

  #noteQuery(url: string): void {
    if (!URL.canParse(url)) return
    for (const [, value] of new URL(url).searchParams) this.#sent.add(value)
  }

  #failure({ failure, status }: { failure: string; status?: number }): StoredExchange['response'] {
    // What failed names hosts and addresses.
    const code = /\b(E[A-Z]{3,}|UND_ERR_[A-Z_]+)\b/.exec(failure)?.[1] ?? 'failed'
    return { failure: code, ...(status !== undefined && { status }) }
  }

  #requestBody({ body }: SeenRequest, operationId: SeenExchange['operationId']): StoredBody {
    if (body.kind === 'none') return null
    if (body.kind === 'json') {
      this.#sent.addAll(body.value)
      const schema = this.#options.bodies.request(operationId)
      return { json: this.#json(schema, body.value, true) }
    }
    if (body.kind === 'text') return this.#text(body.text, true)
    this.#sent.addBody(body.sha256)
    return this.#bytes(body, true)
  }

  #part({
    name,
    filename,
    contentType,
    ...seen
  }: SeenPart): NonNullable<Extract<StoredBody, { parts: unknown }>>['parts'][number] {
    if (filename !== undefined) this.#sent.add(filename)
    this.#sent.addBody(seen.sha256)
    const whole = seen.size === seen.head.length
    const recipe = whole ? undefined : recipeOf(seen.head, seen.size, seen.sha256)
    if (recipe) this.#recipes.set(seen.sha256, recipe)
    const bytes: SeenBytes = {
      kind: 'bytes',
      size: seen.size,
      sha256: seen.sha256,
      sha512: seen.sha512,
      ...(whole && { bytes: seen.head }),
    }
    return {
      name: this.#plain(name),
      ...(filename !== undefined && { filename: this.#plain(filename) }),
      ...(contentType !== undefined && { contentType: this.#plain(contentType) }),
      body:
        filename === undefined && whole
          ? this.#text(Buffer.from(seen.head).toString(), true)
          : this.#bytes(bytes, true),
    }
  }

  #response(seen: SeenResponse, { operationId, request }: SeenExchange): StoredResponse {
    const { status } = seen
    const encoding = headerOf(seen.headers, 'content-encoding')
    const body = encoding === undefined ? seen.body : decodedBody(seen, encoding)
    const others = seen.headers
      .map(([name]) => name.toLowerCase())
      .filter((name) => !(name in responseHeaders))
    const otherHeaders = [...new Set(others)].map((name) => this.#headerName(name)).sort()
    return {
      status,
      headers: this.#headers(seen.headers, responseHeaders),
      ...(otherHeaders.length > 0 && { otherHeaders }),
      body: request.method === 'HEAD' ? null : this.#responseBody(body, seen, operationId),
      ...(encoding !== undefined && { wire: { contentEncoding: this.#plain(encoding) } }),
    }
  }

  #responseBody(
    body: SeenBody,
    { status, headers }: SeenResponse,
    operationId: SeenExchange['operationId'],
  ): StoredBody {
    const contentType = headerOf(headers, 'content-type')
    const schema = this.#options.bodies.response(operationId, status, contentType)
    if (body.kind === 'none') return null
    if (body.kind === 'json') return { json: this.#json(schema, body.value, false) }
    if (body.kind === 'text') {
      const json = schema?.type === 'string' ? undefined : parsed(body.text)
      if (json !== undefined) return { json: this.#json(schema, json, false) }
      const keep = this.#options.keepOutput === true || this.#sent.hasBody(body.sha256)
      return keep ? this.#text(body.text, true, body) : this.#withheld(body)
    }
    return this.#bytes(body, this.#options.keepOutput === true || this.#sent.hasBody(body.sha256), headers)
  }

  #json(schema: Schema | undefined, value: Json, ours: boolean): Json {
    return this.#options.bodies.shapes.map(schema, value, this.#leaves.mapper(ours))
  }

  #text(text: string, keep: boolean, whole?: { sha256: string; size: number }): StoredBody {
    if (!keep || text.length > INLINE_TEXT)
      return this.#withheld({ sha256: whole?.sha256 ?? text, size: text.length })
    const parts = this.#masker.template(text)
    return { text: writeTemplate(parts) }
  }

  #withheld({ sha256, size }: { sha256: string; size: number }): StoredBody {
    return { withheld: this.names.name('body', sha256), size }
  }

  #bytes(body: SeenBytes, keep: boolean, headers?: HeaderPairs): StoredBody {
    const { size, sha256, sha512, bytes } = body
    const recipe =
      this.#recipes.get(sha256) ??
      (bytes && recipeOf(bytes, size, sha256)) ??
      this.#pieceOfRecipe(body, headers)
    if (recipe) return this.#keptBytes({ size, sha256, recipe }, sha512)
    if (!keep || !this.#isCleanBytes(bytes)) return this.#withheld(body)
    if (bytes === undefined || size > INLINE_BYTES) return this.#keptBytes({ size, sha256 }, sha512)
    return this.#keptBytes({ size, sha256, base64: Buffer.from(bytes).toString('base64') }, sha512)
  }

  #keptBytes(bytes: StoredBytes, sha512: string): StoredBody {
    this.#keptHashes.add(bytes.sha256)
    if (sha512 !== '') this.#keptHashes.add(sha512)
    return { bytes }
  }

  #isCleanBytes(bytes: Uint8Array | undefined): boolean {
    if (bytes === undefined) return true
    return (
      !this.#options.secrets.isInBytes(bytes) && this.#masker.isClean(Buffer.from(bytes).toString('latin1'))
    )
  }

  /** A range of bytes that the harness made. */
  #pieceOfRecipe({ size, sha256 }: SeenBytes, headers: HeaderPairs | undefined): StoredRecipe | undefined {
    const [, first, total] =
      /^bytes (\d+)-\d+\/(\d+)$/.exec((headers && headerOf(headers, 'content-range')) ?? '') ?? []
    if (first === undefined) return undefined
    return [...this.#recipes.values()]
      .filter(({ length }) => length === Number(total))
      .map((recipe) => ({ ...recipe, from: Number(first), to: Number(first) + size }))
      .find((piece) => sha256Of(piece) === sha256)
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
        return writeTemplate(this.#urls.template(value, false) ?? [{ name: this.names.name('text', value) }])
      case 'entity-tags':
        return value.replace(/(?:W\/)?"([^"]*)"/g, (whole, tag: string) =>
          whole.replace(tag, writeTemplate([{ name: this.names.name('etag', tag) }])),
        )
      case 'disposition':
        return this.#disposition(value)
      default:
        return this.#plain(value)
    }
  }

  #disposition(value: string): string {
    const name = (text: string): string =>
      this.#sent.has(text) ? this.#plain(text) : writeTemplate([{ name: this.names.name('text', text) }])
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
    return HEADER_NAME.test(name) && !/\d{3}/.test(name) && this.#masker.isClean(name)
      ? name
      : writeTemplate([{ name: this.names.name('key', name) }])
  }

  #plain(text: string): string {
    return writeTemplate(this.#masker.template(text))
  }
}

/** Words, not keys. */
const HEADER_NAME = /^[a-z][a-z0-9]{0,14}(?:-[a-z0-9]{1,15}){0,6}$/

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/** What was sent compressed is kept readable. */
function decodedBody({ body, headers }: SeenResponse, encoding: string): SeenBody {
  const decode = decoders[encoding.trim().toLowerCase()]
  if (body.kind !== 'bytes' || body.bytes === undefined || decode === undefined) return body
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(decode(body.bytes))
    const { size, sha256 } = body
    const value = /json/i.test(headerOf(headers, 'content-type') ?? '') ? parsed(text) : undefined
    return value === undefined ? { kind: 'text', text, size, sha256 } : { kind: 'json', value, size, sha256 }
  } catch {
    return body
  }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
