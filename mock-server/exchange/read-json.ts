import { detail } from './answers.ts'
import { header } from './header.ts'
import type { ExchangeAnswer, ExchangeRequest } from './http.ts'
import { pythonJsonError } from './python-json-error.ts'

/** Django's DATA_UPLOAD_MAX_MEMORY_SIZE by default (inferred). */
export const MAX_JSON_BODY_BYTES = 2_621_440

export type JsonReading = { readonly value: unknown } | { readonly answer: ExchangeAnswer }

/** Reads a JSON body whole. An empty one is undefined. Refusals are Django REST framework's (inferred). */
export async function readJson(request: ExchangeRequest): Promise<JsonReading> {
  const bytes = await readBytes(request.body)
  return bytes === null ? { answer: bodyTooLarge() } : parsedJson(request, bytes)
}

export const bodyTooLarge = (): ExchangeAnswer => detail(400, 'The request body is too large.')

/** The same, of a body that was read whole. */
export function parsedJson(request: ExchangeRequest, bytes: Uint8Array): JsonReading {
  const text = decoded(bytes)
  if (text === null) return { answer: detail(400, 'JSON parse error - the body is not UTF-8') }
  if (text.trim() === '') return { value: undefined }
  const type = header(request, 'content-type') ?? ''
  if (!/^\s*application\/json\s*(;|$)/i.test(type))
    return { answer: detail(415, `Unsupported media type "${type}" in request.`) }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { answer: detail(400, `JSON parse error - ${pythonJsonError(text) ?? 'not JSON'}`) }
  }
}

/** Null where there are too many. */
export async function readBytes(body: ExchangeRequest['body']): Promise<Uint8Array | null> {
  if (!body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MAX_JSON_BODY_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

/** A byte order mark stays, and is no JSON: Python's reader refuses it too. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
