import { createHash } from 'node:crypto'
import type { Platform } from '../domain/platform.ts'
import type { SavedFile } from '../domain/saved/saved-file.ts'
import { WorldTeller } from '../worlds/records/tell-world.ts'

/** Jobs and files of a world that is told whole, which then takes some milliseconds. A new one has 42. */
export const MOST_TOLD = 1_000

/** Tells worlds apart: two have the same digest where nobody can see a difference, now or later. */
export class WorldDigests {
  #teller = new WorldTeller()

  /** Null for a world in which a job is under way, or that is too large to be told in passing. */
  of(platform: Platform): string | null {
    const things = platform.jobs().count + platform.files().count
    if (things > MOST_TOLD || platform.jobs({ active: true }).count > 0) return null
    const saved = platform.save()
    // What lies on storage devices may be large.
    if (saved.volumes.length > 0) return null
    let text = ''
    // Parts are named by what they hold.
    for (const { key, value } of this.#teller.all(saved))
      if (!key.startsWith('part/')) text += `${key} ${written(key, value)}\n`
    return createHash('sha256').update(text).digest('hex')
  }

  /** Forgets which definitions and entries of the catalogue it has seen. */
  renew(): void {
    this.#teller = new WorldTeller()
  }
}

/** Where no job is under way only files have bytes, and the same bytes may lie anywhere. */
function written(key: string, value: unknown): string {
  if (!key.startsWith('file/')) return JSON.stringify(value)
  const { bytes, ...file } = value as SavedFile
  return JSON.stringify({ ...file, size: bytes.size, sha512: bytes.sha512 })
}
