import type { Connection } from '../connection.ts'
import { AbortedError } from '../errors.ts'
import type { PagedList } from '../pages.ts'
import type { TransferContext, TransferSettings } from '../transfer/context.ts'
import type { Downloadable, Downloaded, DownloadOptions } from '../transfer/download.ts'
import type { UploadSource } from '../transfer/sources.ts'
import type { SplitUpload, SplitUploadOptions } from '../transfer/split-upload.ts'
import type { UploadOptions } from '../transfer/upload.ts'
import type { UploadFolderOptions } from '../transfer/upload-folder.ts'
import type { CallOptions, FileUpdate, Filters, ListOptions, RescaleFile } from '../types.ts'

/** `client.files` */
export class FilesResource {
  readonly #connection: Connection
  readonly #settings: TransferSettings
  #context: Promise<TransferContext> | undefined

  constructor(connection: Connection, settings: TransferSettings) {
    this.#connection = connection
    this.#settings = settings
  }

  /** The files that the key may see, newest first. `search` looks into their names. */
  list(query: Filters<'listFiles'> = {}, options?: ListOptions): PagedList<RescaleFile> {
    return this.#connection.list('/api/v2/files/', { query }, options)
  }

  /** A file's metadata, its checksums included. */
  get(fileId: string, options: CallOptions = {}): Promise<RescaleFile> {
    const init = { params: { path: { fileId } }, ...options }
    return this.#connection.call(this.#connection.api.GET('/api/v2/files/{fileId}/', init))
  }

  /** Changes a file's name or type. */
  update(fileId: string, changes: FileUpdate, options: CallOptions = {}): Promise<RescaleFile> {
    const init = { params: { path: { fileId } }, body: changes, ...options }
    return this.#connection.call(this.#connection.api.PATCH('/api/v2/files/{fileId}/', init))
  }

  /** Deletes a file. Jobs that have it as an input cannot be submitted any more. */
  delete(fileId: string, options: CallOptions = {}): Promise<void> {
    const init = { params: { path: { fileId } }, ...options }
    return this.#connection.done(this.#connection.api.DELETE('/api/v2/files/{fileId}/', init))
  }

  /** The lines of a text file, each with its newline. */
  async lines(fileId: string, options: CallOptions = {}): Promise<string[]> {
    const init = { params: { path: { fileId } }, ...options }
    const { lines } = await this.#connection.call(
      this.#connection.api.GET('/api/v2/files/{fileId}/lines/', init),
    )
    return lines
  }

  /** Uploads a file (by its path), bytes, or a stream of known size, in constant memory. */
  async upload(source: UploadSource, options: UploadOptions = {}): Promise<RescaleFile> {
    const { upload } = await import('../transfer/upload.ts')
    return upload(await this.#transfers(), source, options)
  }

  /** Uploads a folder as a zip, which jobs unpack. */
  async uploadFolder(folder: string, options: UploadFolderOptions = {}): Promise<RescaleFile> {
    const { uploadFolder } = await import('../transfer/upload-folder.ts')
    return uploadFolder(await this.#transfers(), folder, options)
  }

  /** Uploads a large file in compressed slices, several at a time, with the command that joins them in a job. */
  async splitUpload(path: string, options: SplitUploadOptions = {}): Promise<SplitUpload> {
    const { splitUpload } = await import('../transfer/split-upload.ts')
    return splitUpload(await this.#transfers(), path, options)
  }

  /**
   * Downloads a file, large ones in ranges over several connections, and compares its SHA-512. Takes a file's
   * metadata, or its id.
   */
  async download(file: Downloadable | string, options: DownloadOptions = {}): Promise<Downloaded> {
    const { signal } = options
    if (signal?.aborted) throw new AbortedError('The download was aborted', { cause: signal.reason })
    const metadata = typeof file === 'string' ? await this.get(file, signal ? { signal } : {}) : file
    const { download } = await import('../transfer/download.ts')
    return download(await this.#transfers(), metadata, options)
  }

  /** Closes the connections of transfers. */
  async close(): Promise<void> {
    const context = await this.#context
    await context?.transport.close()
  }

  // undici takes a while to load, and who only lists jobs does not need it.
  #transfers(): Promise<TransferContext> {
    this.#context ??= import('../transfer/context.ts').then(({ createTransferContext }) =>
      createTransferContext(this.#settings, this.#connection.clock),
    )
    return this.#context
  }
}
