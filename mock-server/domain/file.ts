import type { StoredBytes } from './file-store.ts'
import type { Instant } from './instant.ts'
import type { User } from './user.ts'

/** `typeId` of a file (tutorial cell 53; 7 and 9 from the docs of 2016). */
export const fileTypes = {
  input: 1,
  template: 2,
  param: 3,
  script: 4,
  output: 5,
  designVariable: 7,
  case: 8,
  optimizer: 9,
  temporary: 10,
  checkpointArchive: 11,
  snapshot: 12,
} as const

export type FileTypeId = (typeof fileTypes)[keyof typeof fileTypes]

/** What `/files/` holds. The bytes are in the file store. */
export interface File {
  readonly id: string
  readonly name: string
  readonly typeId: FileTypeId
  readonly dateUploaded: Instant
  /** Equals the name for inputs; relative to the run's work folder for outputs. */
  readonly relativePath: string
  /** Storage key, `user/user_{uid}/…`. */
  readonly path: string
  /** Base64 of 32 bytes. Nothing is encrypted; clients expect the field. */
  readonly encodedEncryptionKey: string
  readonly bytes: StoredBytes
  /** The job whose run left the file; null for uploads. */
  readonly jobId: string | null
  readonly runId: string | null
  /** Deleted files answer 404 and are listed nowhere, but jobs keep them among their inputs. */
  readonly isDeleted: boolean
  readonly viewInBrowser: boolean
  /** Changes whenever something above changes. */
  readonly version: number
  /** For the presenter: the row's JSON as somebody saw it last. Nothing in the domain reads it. */
  cachedRow?: CachedFileRow
}

/** What a row depends on, besides the file. */
export interface CachedFileRow {
  readonly user: User
  readonly origin: string
  readonly text: string
}

export interface NewFile {
  readonly name: string
  readonly typeId?: FileTypeId | undefined
  readonly bytes: StoredBytes
}

export interface FileChanges {
  readonly name?: string | undefined
  readonly typeId?: FileTypeId | undefined
}

export interface FileFilter {
  /** Substring of the name, in any case. */
  readonly search?: string | undefined
}
