import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import { type CheckedContent, lookOf } from './checked-content.ts'

/** What is wrong with stored bytes; null when nothing is. They are read unless they are trusted. */
export async function damageOf(
  { id, size, sha512 }: StoredBytes,
  files: FileStore,
  checked: CheckedContent,
  onHashed: (bytes: number) => void = () => undefined,
): Promise<string | null> {
  const path = files.pathOf(id)
  const found = path === null ? null : await lookOf(path).catch(() => null)
  if (!found) return 'its content is missing'
  if (found.size !== BigInt(size)) return `its content has ${found.size} bytes in place of ${size}`
  if (checked.trusts(id, found)) return null
  const hash = createHash('sha512')
  for await (const chunk of files.read(id, 0, size, { lend: true })) {
    hash.update(chunk)
    onHashed(chunk.length)
  }
  if (hash.digest('hex') !== sha512) return 'its content does not have its checksum any more'
  checked.confirm(id, found)
  return null
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
