import { type RequestContext, UnexpectedAnswerError } from './errors.ts'
import { pathOf } from './http-errors.ts'

// The largest JSON answer known is a page of all analyses, a few megabytes.
const MAX_JSON_BYTES = 256 * 1024 * 1024
const BODILESS = new Set([204, 205, 304])

/** An answer, its body read. */
export interface Answer {
  readonly head: Response
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Reads a body to its end; `onProgress` is called for each piece. Gives it up when the signal aborts. */
export async function readBody(
  head: Response,
  request: RequestContext,
  onProgress: () => void,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!head.body) return new Uint8Array()
  const reader = head.body.getReader()
  const giveUp = () => void reader.cancel(signal?.reason).catch(() => {})
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    return await readAll(reader, request, onProgress)
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  request: RequestContext,
  onProgress: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  onProgress()
  for (;;) {
    const { done, value: chunk } = await reader.read()
    if (done) break
    onProgress()
    size += chunk.byteLength
    if (size > MAX_JSON_BYTES) {
      void reader.cancel().catch(() => {})
      throw new UnexpectedAnswerError(`${request.method} ${pathOf(request.url)} answered without end`, {
        request,
      })
    }
    chunks.push(chunk)
  }
  return concat(chunks, size)
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}

/** The answer as a response that can be read again, and whose `json` throws errors of this client. */
export function rebuilt(answer: Answer, request: RequestContext): Response {
  const { head, bytes } = answer
  const headers = new Headers(head.headers)
  // fetch has decoded the body already.
  headers.delete('Content-Encoding')
  headers.delete('Transfer-Encoding')
  headers.set('Content-Length', String(bytes.byteLength))
  const body = BODILESS.has(head.status) ? null : bytes
  const response = new Response(body, { status: head.status, statusText: head.statusText, headers })
  const json = async () => parsedJson(bytes, head, request)
  return Object.assign(response, { json })
}

function parsedJson(bytes: Uint8Array, head: Response, request: RequestContext): unknown {
  try {
    return JSON.parse(decoded(bytes))
  } catch (cause) {
    const type = head.headers.get('Content-Type') ?? 'no content type'
    throw new UnexpectedAnswerError(
      `${request.method} ${pathOf(request.url)} answered ${head.status} with ${type} instead of JSON`,
      { request, cause, hint: 'A proxy or a login page may stand between. Check the platform URL.' },
    )
  }
}

/** Bytes as text. */
export function decoded(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
