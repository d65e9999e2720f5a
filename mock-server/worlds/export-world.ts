import { createHash } from 'node:crypto'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import { heldBytes } from '../domain/saved/held-bytes.ts'
import type { SavedPlatform } from '../domain/saved/saved-platform.ts'
import { WorldTeller } from './records/tell-world.ts'
import { SETTINGS, type TenantSettings } from './settings-record.ts'

/** Of world files. Raised when older versions could not read them, or would misread them. */
export const WORLD_FORMAT = 2

/** Without catalogues; otherwise the same. */
export const OLDER_WORLD_FORMATS: readonly unknown[] = [1]

/** Records that go out together. Bytes. */
const CHUNK = 64 * 1024

/**
 * A world as one file: lines of JSON and, behind lines that say so, bytes as they are. Bytes have numbers in it, records name
 * these; nothing in it is a path. The last line has the SHA-512 of all before.
 */
export async function* exportWorld(
  saved: SavedPlatform,
  settings: TenantSettings,
  files: FileStore,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha512')
  for await (const chunk of content(saved, settings, files)) {
    hash.update(chunk)
    yield chunk
  }
  yield Buffer.from(`${JSON.stringify({ end: hash.digest('hex') })}\n`)
}

async function* content(
  saved: SavedPlatform,
  settings: TenantSettings,
  files: FileStore,
): AsyncGenerator<Uint8Array> {
  yield line({ localscale: 'world', format: WORLD_FORMAT })
  const numbers = new Map<string, string>()
  for (const bytes of heldBytes(saved)) {
    if (numbers.has(bytes.id)) continue
    numbers.set(bytes.id, String(numbers.size + 1))
    const { size, sha512 } = bytes
    yield line({ bytes: numbers.get(bytes.id), size, sha512 })
    yield* files.read(bytes.id, 0, size)
    yield Buffer.from('\n')
  }
  yield* records(saved, settings, numbers)
}

function* records(
  saved: SavedPlatform,
  settings: TenantSettings,
  numbers: ReadonlyMap<string, string>,
): Generator<Uint8Array> {
  const numbered = (_: string, value: unknown): unknown =>
    isStoredBytes(value) ? { ...value, id: numbers.get(value.id) ?? 'gone' } : value
  let text = ''
  for (const record of [...new WorldTeller().all(saved), { key: SETTINGS, value: settings }]) {
    text += `${JSON.stringify(record, numbered)}\n`
    if (text.length < CHUNK) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

/** Records have them in the shape of the domain, and nothing else has it. */
export function isStoredBytes(value: unknown): value is StoredBytes {
  return typeof value === 'object' && value !== null && 'sha512' in value && 'size' in value && 'id' in value
}

const line = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`)
