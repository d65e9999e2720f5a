import { type FileHandle, open } from 'node:fs/promises'
import { IntegrityError } from '../errors.ts'

// Reads of 64 KiB halve the rate (performance.md 4b).
export const READ_BYTES = 256 * 1024
// Where the same two buffers are used again and again, larger ones cost less: for each GiB 0.42 s of CPU, 0.48 s with
// 2 MiB and 0.57 s with 1 MiB, on a machine on which curl takes 0.36 s.
const MOST_SENT_BYTES = 4 * 1024 * 1024
// Progress is told between pieces.
const LEAST_PIECES = 64

export interface FileReading {
  /** Bytes from the file's beginning. */
  readonly start: number
  /** How many bytes there should be from there on. */
  readonly size: number
  /** Goes on to the file's end, however many bytes that is. Otherwise fewer than `size` are an error, and more are left. */
  readonly toEnd?: boolean
  /** Lets each piece be overwritten once the next is asked for. */
  readonly reuse: boolean
}

/** The bytes of a file, the next of which are read while the last are taken. @throws {IntegrityError} */
export async function* fileChunks(path: string, reading: FileReading): AsyncGenerator<Uint8Array> {
  const { start, size, toEnd = false, reuse } = reading
  const handle = await open(path, 'r')
  // Two: one is being sent while the next is read.
  const most = sentBytes(size)
  const kept = reuse ? [buffer(size, most), buffer(size, most)] : []
  const left = (at: number): number => (toEnd ? Number.POSITIVE_INFINITY : size - at)
  const read = (index: number, at: number): Promise<Uint8Array> | undefined =>
    left(at) > 0 ? readSome(handle, kept[index % 2] ?? buffer(size), start + at, left(at)) : undefined
  try {
    let at = 0
    let ahead = read(0, at)
    for (let index = 1; ahead; index++) {
      const chunk: Uint8Array = await ahead
      if (chunk.byteLength === 0 && toEnd) return
      if (chunk.byteLength === 0) throw becameShorter(path)
      at += chunk.byteLength
      ahead = read(index, at)
      // It is awaited only after the yield; until then its failure is nobody's.
      ahead?.catch(() => {})
      yield chunk
    }
  } finally {
    await handle.close()
  }
}

/** How long a piece is of so many bytes. */
export function sentBytes(size: number): number {
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
