import { type FileHandle, open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ArgumentError, IntegrityError, RescaleError } from '../errors.ts'
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

// Reads of 64 KiB halve the rate (performance.md 4b).
export const READ_BYTES = 256 * 1024
// Where the same two buffers are used again and again, larger ones cost less: for each GiB 0.42 s of CPU, 0.48 s with
// 2 MiB and 0.57 s with 1 MiB, on a machine on which curl takes 0.36 s.
const MOST_SENT_BYTES = 4 * 1024 * 1024
// Progress is told between pieces.
const LEAST_PIECES = 64

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
  return { size, chunks: (options) => readFile(path, start, size, options?.reuse === true) }
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

async function* readFile(path: string, start: number, size: number, reuse: boolean) {
  const handle = await open(path, 'r')
  // Two: one is being sent while the next is read.
  const most = sentBytes(size)
  const kept = reuse ? [buffer(size, most), buffer(size, most)] : []
  const take = (index: number) => kept[index % 2] ?? buffer(size)
  try {
    let at = 0
    let ahead = size > 0 ? readSome(handle, take(0), start, size) : undefined
    for (let index = 1; ahead; index++) {
      const chunk: Uint8Array = await ahead
      if (chunk.byteLength === 0) throw becameShorter(path)
      at += chunk.byteLength
      ahead = at < size ? readSome(handle, take(index), start + at, size - at) : undefined
      // It is awaited only after the yield; until then its failure is nobody's.
      ahead?.catch(() => {})
      yield chunk
    }
  } finally {
    await handle.close()
  }
}

/** How long a piece is of so many bytes. */
function sentBytes(size: number): number {
  return Math.min(MOST_SENT_BYTES, Math.max(READ_BYTES, Math.ceil(size / LEAST_PIECES)))
}

function buffer(size: number, most = READ_BYTES): Buffer {
  return Buffer.allocUnsafeSlow(Math.min(most, Math.max(size, 1)))
}

async function readSome(handle: FileHandle, into: Buffer, at: number, left: number): Promise<Uint8Array> {
  const { bytesRead } = await handle.read(into, 0, Math.min(into.byteLength, left), at)
  return into.subarray(0, bytesRead)
}

export function becameShorter(path: string): IntegrityError {
  return new IntegrityError(`${path} became shorter while it was being sent`)
}

/** A stream, gathered into large pieces; it must yield exactly `size` bytes, and only once. */
export function streamBody(stream: AsyncIterable<Uint8Array>, size: number): TransferBody {
  return { size, chunks: () => gathered(stream, size) }
}

async function* gathered(stream: AsyncIterable<Uint8Array>, size: number) {
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  let total = 0
  for await (const chunk of stream) {
    total += chunk.byteLength
    if (total > size)
      throw new IntegrityError(`The stream has more than the ${size} bytes that were announced`)
    pending.push(chunk)
    pendingBytes += chunk.byteLength
    if (pendingBytes < READ_BYTES) continue
    yield joined(pending)
    pending = []
    pendingBytes = 0
  }
  if (total < size) throw new IntegrityError(`The stream ended after ${total} of the ${size} bytes announced`)
  if (pendingBytes > 0) yield joined(pending)
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}
