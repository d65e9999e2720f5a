import { stat } from 'node:fs/promises'
import { sha512Of } from './checksums.ts'
import type { Downloadable } from './download.ts'
import type { Hashing } from './file-hasher.ts'

/** The SHA-512 of the file at `path`, if it is the platform's file byte for byte; undefined otherwise. */
export async function sha512IfEqual(
  hashing: Hashing,
  path: string,
  file: Downloadable,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const expected = sha512Of(file)
  const stats = await stat(path).catch(() => undefined)
  if (expected === undefined || !stats?.isFile() || stats.size !== file.decryptedSize) return undefined
  signal?.throwIfAborted()
  const sha512 = await hashing.whole(path, stats.size)
  return sha512 === expected ? sha512 : undefined
}
