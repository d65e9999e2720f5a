import type { OperationId } from '../../../openapi/generated/routes.ts'
import { isDescribedAsJson } from '../described-json.ts'
import type { Json } from '../json.ts'
import { operationIdOf } from '../operation-of.ts'
import { hasAnswer, type SeenBody, type SeenExchange } from '../seen-exchange.ts'
import { bytesOf, type HeaderPairs, headerOf, type WireAnswer, type WireRequest } from '../transport.ts'

/** An exchange as a deviation sees it: the answer whole, parsed where it is JSON. */
export interface WholeExchange {
  readonly operationId: OperationId | null
  readonly method: string
  readonly url: string
  /** Of the request. */
  readonly authorization: string | undefined
  readonly answer: WholeAnswer
}

export interface WholeAnswer {
  readonly status: number
  readonly headers: HeaderPairs
  readonly body: WholeBody
}

export type WholeBody =
  | { readonly kind: 'none' }
  /** As it came, in these bytes; what was made anew has none. */
  | { readonly kind: 'json'; readonly value: Json; readonly bytes?: Uint8Array }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

/** Reads an answer to its end: for the small answers of scenarios. */
export async function wholeExchange(request: WireRequest, answer: WireAnswer): Promise<WholeExchange> {
  const { method, url, headers } = request
  const bytes = await bytesOf(answer.body)
  const contentType = headerOf(answer.headers, 'content-type')
  const holdsJson =
    /^application\/json\b/.test(contentType ?? '') || isDescribedAsJson(request, answer.status, contentType)
  return {
    operationId: operationIdOf(method, url),
    method,
    url,
    authorization: headerOf(headers, 'authorization'),
    answer: { status: answer.status, headers: answer.headers, body: wholeBody(bytes, holdsJson) },
  }
}

function wholeBody(bytes: Uint8Array, holdsJson: boolean): WholeBody {
  if (bytes.length === 0) return { kind: 'none' }
  if (!holdsJson) return { kind: 'bytes', bytes }
  return new ReadJson(bytes)
}

/** Most answers pass by and are never looked into. */
class ReadJson {
  readonly kind = 'json'
  readonly bytes: Uint8Array
  #value: Json | undefined

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get value(): Json {
    this.#value ??= JSON.parse(new TextDecoder().decode(this.bytes)) as Json
    return this.#value
  }
}

/** What was seen, as a deviation would see it; null where the answer was not kept whole. */
export function wholeOfSeen(seen: SeenExchange): WholeExchange | null {
  if (!hasAnswer(seen)) return null
  const { operationId, request, response } = seen
  const body = wholeOfBody(response.body)
  if (body === null) return null
  const { method, url, headers } = request
  const { status } = response
  const authorization = headerOf(headers, 'authorization')
  return { operationId, method, url, authorization, answer: { status, headers: response.headers, body } }
}

function wholeOfBody(body: SeenBody): WholeBody | null {
  if (body.kind === 'none') return { kind: 'none' }
  if (body.kind === 'json') return { kind: 'json', value: body.value }
  if (body.kind === 'text') return { kind: 'bytes', bytes: new TextEncoder().encode(body.text) }
  return body.bytes ? { kind: 'bytes', bytes: body.bytes } : null
}

/** On its way again, with the length that it has now. */
export function wireAnswer(method: string, { status, headers, body }: WholeAnswer): WireAnswer {
  const bytes = bytesIn(body)
  const kept = headers.filter(([name]) => !/^(content-length|transfer-encoding)$/i.test(name))
  const announced = headerOf(headers, 'content-length')
  // To HEAD the length of what GET would answer is announced.
  const length = method === 'HEAD' && announced !== undefined ? announced : String(bytes.length)
  return { status, headers: [...kept, ['content-length', length]], body: once(bytes) }
}

function bytesIn(body: WholeBody): Uint8Array {
  if (body.kind === 'none') return new Uint8Array()
  if (body.kind === 'bytes') return body.bytes
  return body.bytes ?? new TextEncoder().encode(JSON.stringify(body.value))
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}
