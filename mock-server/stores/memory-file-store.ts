import type { FileStore } from '../domain/file-store.ts'

export interface MemoryFileStoreOptions {
  /** Content larger than this goes to the spill folder. Bytes. */
  readonly fileLimit?: number
  /** What all content in memory may take together. Bytes. */
  readonly totalLimit?: number
  /** Where the spill folder is made when it is needed; the system's temp folder unless told. */
  readonly temporaryFolder?: string
}

/** Keeps small content in memory and the rest in a temporary folder that goes away with `close`. */
export function memoryFileStore(options: MemoryFileStoreOptions = {}): FileStore {
  throw new Error(`not written yet: ${options.fileLimit}`)
}
