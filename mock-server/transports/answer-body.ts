import type { ReadOptions } from '../domain/file-store.ts'
import type { ByteStream, ExchangeAnswer } from '../exchange/http.ts'

/** Statuses that never have a body, and whose length is therefore not told (RFC 9110 §8.6). */
const bodiless: ReadonlySet<number> = new Set([204, 304])

/** What `Content-Length` says; null when there is to be none, and no body either. */
export function lengthOf({ status, body }: ExchangeAnswer): number | null {
  if (bodiless.has(status)) return null
  if (body === null) return 0
  if (typeof body === 'string') return Buffer.byteLength(body)
  return body instanceof Uint8Array ? body.length : body.size
}

/** Reads a stream, and fails when it has not as many bytes as the client was told. */
export async function* announcedBytes(body: ByteStream, options?: ReadOptions): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of body.read(options)) {
    bytes += chunk.length
    if (bytes > body.size) break
    yield chunk
  }
  if (bytes !== body.size) throw new Error(`a body of ${body.size} bytes has ${bytes} or more`)
}
