import type { FileStore, StoredBytes } from '../domain/file-store.ts'

/** The lines of a stored text, each with its `\n`; null when it is too large to be answered as JSON. */
export function textLines(store: FileStore, stored: StoredBytes): Promise<string[] | null> {
  throw new Error(`not written yet: ${store} ${stored.id}`)
}
