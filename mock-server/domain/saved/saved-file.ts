import type { FileTypeId } from '../file.ts'
import type { StoredBytes } from '../file-store.ts'
import type { Instant } from '../instant.ts'

/** A file as plain data. Which jobs name it follows from the jobs. */
export interface SavedFile {
  readonly id: string
  readonly sequence: number
  readonly name: string
  readonly typeId: FileTypeId
  readonly dateUploaded: Instant
  readonly bytes: StoredBytes
  /** The run that left it. */
  readonly origin: { readonly jobId: string; readonly runId: string } | null
  /** Relative to the run's work folder; null for uploads. */
  readonly outputPath: string | null
  readonly isDeleted: boolean
  readonly version: number
}
