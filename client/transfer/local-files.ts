import { stat } from 'node:fs/promises'
import { aborted } from '../failures.ts'
import { sha512Of } from './checksums.ts'
import type { Downloadable } from './download.ts'
import type { Hashing } from './file-hasher.ts'
import { unlessAborted } from './unless-aborted.ts'

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
  if (signal?.aborted) throw aborted(signal.reason)
  // A worker in the middle of a file hears of nothing; it ends with the call that it hashes for.
  const sha512 = await unlessAborted(hashing.whole(path, stats.size), signal)
  return sha512 === expected ? sha512 : undefined
}
