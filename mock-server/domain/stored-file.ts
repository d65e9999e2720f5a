import type { CachedFileRow, File, FileTypeId } from './file.ts'
import type { StoredBytes } from './file-store.ts'
import type { Instant } from './instant.ts'
import type { Random } from './random.ts'
import type { SavedFile } from './saved/saved-file.ts'
import type { Sequenced } from './sorted-sequence.ts'

/** What a file takes from its platform when it is read, so that it need not keep it. */
export interface FileHome {
  readonly random: Random
  readonly userId: string
}

/** Where a file came from, when a run left it. */
export interface FileOrigin {
  readonly jobId: string
  readonly runId: string
}

/** A file as the platform keeps it. It never changes, so that worlds can share it: the file shelf puts another in its place. */
export class StoredFile implements File, Sequenced {
  readonly id: string
  readonly sequence: number
  readonly name: string
  readonly typeId: FileTypeId
  readonly dateUploaded: Instant
  readonly bytes: StoredBytes
  readonly origin: FileOrigin | null
  readonly #outputPath: string | null
  readonly isDeleted: boolean
  readonly version: number
  declare cachedRow?: CachedFileRow
  readonly #home: FileHome

  constructor(home: FileHome, file: SavedFile) {
    this.#home = home
    this.id = file.id
    this.sequence = file.sequence
    this.name = file.name
    this.typeId = file.typeId
    this.dateUploaded = file.dateUploaded
    this.bytes = file.bytes
    this.origin = file.origin
    this.#outputPath = file.outputPath
    this.isDeleted = file.isDeleted
    this.version = file.version
  }

  /** The same file, changed. */
  with(changes: Partial<Pick<SavedFile, 'name' | 'typeId' | 'isDeleted'>>): StoredFile {
    return new StoredFile(this.#home, { ...this.save(), ...changes, version: this.version + 1 })
  }

  save(): SavedFile {
    const { id, sequence, name, typeId, dateUploaded, bytes, origin, isDeleted, version } = this
    return {
      id,
      sequence,
      name,
      typeId,
      dateUploaded,
      bytes,
      origin,
      outputPath: this.#outputPath,
      isDeleted,
      version,
    }
  }

  get relativePath(): string {
    return this.#outputPath ?? this.name
  }

  get jobId(): string | null {
    return this.origin?.jobId ?? null
  }

  get runId(): string | null {
    return this.origin?.runId ?? null
  }

  get path(): string {
    const folder = `user/user_${this.#home.userId}`
    if (this.origin)
      return `${folder}/output/job_${this.origin.jobId}/run${this.origin.runId}/${this.relativePath}`
    const [stem, extension] = splitExtension(this.name)
    return `${folder}/${stem}-${this.#home.random.stream('storage key', this.id).uuid()}${extension}`
  }

  get encodedEncryptionKey(): string {
    return btoa(String.fromCharCode(...this.#home.random.stream('encryption key', this.id).bytes(32)))
  }

  /** By its name: the samples show true for scripts, logs and OpenFOAM's `U.orig`, false for archives and `testfile`. Inferred. */
  get viewInBrowser(): boolean {
    const [, extension] = splitExtension(this.name)
    return textExtensions.has(extension.toLowerCase())
  }
}

const textExtensions: ReadonlySet<string> = new Set(
  '.txt .log .out .err .md .csv .tsv .json .xml .yaml .yml .ini .cfg .conf .py .sh .bash .pl .r .m .c .h .cpp .f .f90 .js .ts .inp .dat .res .jou .sta .msg .orig .html'.split(
    ' ',
  ),
)

/** `rescale.tar` and `.gz`; a name that only begins with a dot has no extension (Python's os.path.splitext). */
function splitExtension(name: string): [stem: string, extension: string] {
  const dot = name.lastIndexOf('.')
  const nameStart = name.lastIndexOf('/') + 1
  return dot > nameStart ? [name.slice(0, dot), name.slice(dot)] : [name, '']
}
