import type { RescaleFile } from '../types.ts'
import { sha512Of } from './checksums.ts'

/** Finds files of the account by a part of their name. */
export type FindFiles = (name: string, signal: AbortSignal | undefined) => AsyncIterable<RescaleFile>

// A name such as `input.txt` may be there thousands of times; the newest ones are the likely ones.
const MAX_COMPARED = 200

/**
 * A file of the account that has the same name, length and SHA-512, the newest one. The local file is hashed
 * once, and only if there is one of its name and length.
 */
export async function findEqual(
  local: { name: string; size: number; sha512: () => Promise<string> },
  find: FindFiles,
  signal?: AbortSignal,
): Promise<RescaleFile | undefined> {
  let compared = 0
  let mine: Promise<string> | undefined
  for await (const file of find(local.name, signal)) {
    if (++compared > MAX_COMPARED) return undefined
    if (file.name !== local.name || file.decryptedSize !== local.size) continue
    if (file.isDeleted || !file.isUploaded) continue
    const theirs = sha512Of(file)
    if (theirs === undefined) continue
    mine ??= local.sha512()
    if (theirs === (await mine)) return file
  }
  return undefined
}
