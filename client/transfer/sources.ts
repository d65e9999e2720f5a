import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ArgumentError, IntegrityError, RescaleError } from '../errors.ts'
import { fileChunks, sentBytes } from './file-chunks.ts'
import { inLargePieces } from './large-pieces.ts'
import type { TransferBody } from './transport.ts'

/** What can be uploaded: a path, a file URL, bytes, or a stream together with its `size`. */
export type UploadSource = string | URL | Uint8Array | AsyncIterable<Uint8Array>

/** What can be sent besides, from within this client: bodies that can be read again. */
export type AnySource = UploadSource | TransferBody

/** A source with its name, ready to be read. */
export interface OpenedSource {
  readonly name: string
  readonly body: TransferBody
}

export async function openSource(
  source: AnySource,
  options: { name?: string | undefined; size?: number | undefined },
): Promise<OpenedSource> {
  if (typeof source === 'string' || source instanceof URL) {
    const path = typeof source === 'string' ? source : fileURLToPath(source)
    return { name: options.name ?? basename(path), body: await fileBody(path) }
  }
  if (options.name === undefined) throw new ArgumentError('An upload that is no file needs a name')
  if (source instanceof Uint8Array) return { name: options.name, body: bytesBody(source) }
  if ('chunks' in source) return { name: options.name, body: source }
  if (options.size === undefined) throw new ArgumentError('An upload from a stream needs its size')
  return { name: options.name, body: streamBody(source, options.size) }
}

/** Whether it can be read more than once; a stream cannot. */
export function isRepeatable(source: AnySource): boolean {
  return (
    typeof source === 'string' || source instanceof URL || source instanceof Uint8Array || 'chunks' in source
  )
}

/** The length of what must be a file. */
export async function sizeOfFile(path: string): Promise<number> {
  const stats = await stat(path)
  if (!stats.isFile())
    throw new RescaleError(`${path} is no file`, { hint: 'A folder is sent with files.uploadFolder.' })
  return stats.size
}

/** The bytes of a file from `start` on, `length` of them or all. */
export async function fileBody(path: string, start = 0, length?: number): Promise<TransferBody> {
  const size = length ?? (await sizeOfFile(path)) - start
  return { size, chunks: (options) => fileChunks(path, { start, size, reuse: options?.reuse === true }) }
}

function bytesBody(bytes: Uint8Array): TransferBody {
  return {
    size: bytes.byteLength,
    async *chunks() {
      // TLS makes an encrypted copy of each.
      const piece = sentBytes(bytes.byteLength)
      for (let at = 0; at < bytes.byteLength; at += piece) yield bytes.subarray(at, at + piece)
    },
  }
}

/** A stream, gathered into large pieces; it must yield exactly `size` bytes, and only once. */
export function streamBody(stream: AsyncIterable<Uint8Array>, size: number): TransferBody {
  return {
    size,
    chunks: (options) => inLargePieces(exactly(stream, size), { reuse: options?.reuse === true }),
  }
}

async function* exactly(stream: AsyncIterable<Uint8Array>, size: number) {
  let total = 0
  for await (const chunk of stream) {
    total += chunk.byteLength
    if (total > size)
      throw new IntegrityError(`The stream has more than the ${size} bytes that were announced`)
    yield chunk
  }
  if (total < size) throw new IntegrityError(`The stream ended after ${total} of the ${size} bytes announced`)
}
