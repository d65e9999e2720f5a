import type { FileStore, ReadOptions, StoredBytes } from '../domain/file-store.ts'
import type { ByteStream } from './http.ts'
import type { ByteRange } from './ranges.ts'

/** Some bytes of a stored file, read when they are asked for. */
export const rangeBody = (
  store: FileStore,
  { id, sha512 }: StoredBytes,
  { start, end }: ByteRange,
): ByteStream => ({
  size: end - start,
  name: `${sha512} ${start}-${end}`,
  read: (options) => store.read(id, start, end, options),
})

/** What `Content-Range` says of one part. */
export const contentRange = ({ start, end }: ByteRange, size: number): string =>
  `bytes ${start}-${end - 1}/${size}`

/** A `multipart/byteranges` body (RFC 9110 §14.6). */
export function multipartBody(
  store: FileStore,
  stored: StoredBytes,
  ranges: readonly ByteRange[],
  { boundary, contentType }: { readonly boundary: string; readonly contentType: string },
): ByteStream {
  const pieces: (Buffer | ByteStream)[] = []
  for (const range of ranges) {
    const opening = `\r\n--${boundary}\r\nContent-Type: ${contentType}\r\nContent-Range: ${contentRange(range, stored.size)}\r\n\r\n`
    pieces.push(Buffer.from(opening), rangeBody(store, stored, range))
  }
  pieces.push(Buffer.from(`\r\n--${boundary}--\r\n`))
  return { size: sizeOf(pieces), read: (options) => readPieces(pieces, options) }
}

const sizeOf = (pieces: readonly (Buffer | ByteStream)[]): number =>
  pieces.reduce((sum, piece) => sum + ('read' in piece ? piece.size : piece.length), 0)

async function* readPieces(
  pieces: readonly (Buffer | ByteStream)[],
  options?: ReadOptions,
): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if ('read' in piece) yield* piece.read(options)
    else yield piece
  }
}
