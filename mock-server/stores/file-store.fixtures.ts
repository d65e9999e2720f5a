import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore } from '../domain/file-store.ts'

export const MiB = 1 << 20

export const sha512 = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('hex')

/** Bytes that differ everywhere, so that a misplaced chunk shows. */
export function someBytes(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE(Math.imul(at ^ size, 2_654_435_761) >>> 0, at)
  for (let at = size - (size % 4); at < size; at += 1) bytes[at] = at
  return bytes
}

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0

export async function readAll(
  store: FileStore,
  id: string,
  start: number,
  end: number,
  lend = false,
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of store.read(id, start, end, { lend }))
    chunks.push(lend ? Buffer.from(chunk) : chunk)
  return Buffer.concat(chunks)
}

/** Paths of all files below a folder, relative to it; none when it is not there. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}
