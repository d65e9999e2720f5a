import type { FileStore } from '../domain/file-store.ts'

/** Keeps bytes as plain files below `folder`, which outlives the process. */
export function diskFileStore(folder: string): FileStore {
  throw new Error(`not written yet: ${folder}`)
}
