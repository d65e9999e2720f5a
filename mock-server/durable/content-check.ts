import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import type { CheckedContent, Look } from './checked-content.ts'

/**
 * Content up to this is read without a thread of its own, which would take several times as long as reading it. At a start
 * nobody waits for anything else. Bytes; ours.
 */
const READ_AT_ONCE = 256 * 1024

/** What is wrong with stored bytes; null when nothing is. They are read unless they are trusted. */
export async function damageOf(
  { id, size, sha512 }: StoredBytes,
  files: FileStore,
  checked: CheckedContent,
  onHashed: (bytes: number) => void = () => undefined,
): Promise<string | null> {
  const path = files.pathOf(id)
  const found = path === null ? null : lookAt(path)
  if (path === null || !found) return 'its content is missing'
  if (found.size !== BigInt(size)) return `its content has ${found.size} bytes in place of ${size}`
  if (checked.trusts(id, found)) return null
  const hash = createHash('sha512')
  const chunks = size <= READ_AT_ONCE ? [readFileSync(path)] : files.read(id, 0, size, { lend: true })
  for await (const chunk of chunks) {
    hash.update(chunk)
    onHashed(chunk.length)
  }
  if (hash.digest('hex') !== sha512) return 'its content does not have its checksum any more'
  checked.confirm(id, found)
  return null
}

function lookAt(path: string): Look | null {
  try {
    return statSync(path, { bigint: true })
  } catch {
    return null
  }
}

/** Ids of all content in a folder of the disk file store. Other files in it are somebody else's. */
export function contentIn(folder: string): string[] {
  const content = join(folder, 'content')
  const shards = namesIn(content).filter((name) => /^[0-9a-f]{2}$/.test(name))
  return shards.flatMap((shard) =>
    readdirSync(join(content, shard)).filter((name) => /^[0-9a-f]{32}$/.test(name)),
  )
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
