import type { ReadOptions } from '../domain/file-store.ts'
import type { ByteStream, ExchangeAnswer, OpenStream } from '../exchange/http.ts'

/** Statuses that never have a body, and whose length is therefore not told (RFC 9110 §8.6). */
const bodiless: ReadonlySet<number> = new Set([204, 304])

/** Whether there is never a body, so that no length is told either. */
export const isBodiless = ({ status }: ExchangeAnswer): boolean => bodiless.has(status)

/** What `Content-Length` says; null when there is to be none. */
export function lengthOf({ status, body, mishap }: ExchangeAnswer): number | null {
  if (bodiless.has(status)) return null
  if (mishap?.contentLength !== undefined) return mishap.contentLength
  if (body === null) return 0
  if (typeof body === 'string') return Buffer.byteLength(body)
  return body instanceof Uint8Array ? body.length : body.size
}

/** Reads a stream, and fails when it has not as many bytes as the client was told. */
export async function* announcedBytes(
  body: ByteStream | OpenStream,
  options?: ReadOptions,
): AsyncGenerator<Uint8Array> {
  if (body.size === null) {
    yield* body.read(options)
    return
  }
  let bytes = 0
  for await (const chunk of body.read(options)) {
    bytes += chunk.length
    if (bytes > body.size) break
    yield chunk
  }
  if (bytes !== body.size) throw new Error(`a body of ${body.size} bytes has ${bytes} or more`)
}
