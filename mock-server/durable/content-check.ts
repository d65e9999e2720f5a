import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'

/**
 * Bytes of content whose checksums are verified at a start: about a second's worth. Of what is beyond, only the sizes are.
 */
export const MOST_HASHED = 512 << 20

/** What is wrong with stored bytes; null when nothing is, or they are too many to be hashed. */
export async function damageOf(
  { id, size, sha512 }: StoredBytes,
  files: FileStore,
  budget: { left: number },
): Promise<string | null> {
  const path = files.pathOf(id)
  const found = path === null ? null : await stat(path).catch(() => null)
  if (!found) return 'its content is missing'
  if (found.size !== size) return `its content has ${found.size} bytes in place of ${size}`
  if (size > budget.left) return null
  budget.left -= size
  const hash = createHash('sha512')
  for await (const chunk of files.read(id, 0, size, { lend: true })) hash.update(chunk)
  return hash.digest('hex') === sha512 ? null : 'its content does not have its checksum any more'
}

/** Ids of all content in a folder of the disk file store. Other files in it are somebody else's. */
export async function contentIn(folder: string): Promise<string[]> {
  const shards = await readdir(join(folder, 'content')).catch(() => [])
  const ids: string[] = []
  for (const shard of shards.filter((name) => /^[0-9a-f]{2}$/.test(name)))
    for (const name of await readdir(join(folder, 'content', shard)))
      if (/^[0-9a-f]{32}$/.test(name)) ids.push(name)
  return ids
}
