import type { Connection } from '../connection.ts'
import { AbortedError } from '../errors.ts'
import type { PagedList } from '../pages.ts'
import type { Downloadable, Downloaded, DownloadOptions } from '../transfer/download.ts'
import type { DownloadAllOptions, DownloadResult } from '../transfer/download-all.ts'
import type { FindFiles } from '../transfer/reuse.ts'
import type { UploadSource } from '../transfer/sources.ts'
import type { SplitUpload, SplitUploadOptions } from '../transfer/split-upload.ts'
import type { UploadOptions } from '../transfer/upload.ts'
import type { UploadAllOptions, UploadItem, UploadResult } from '../transfer/upload-all.ts'
import type { UploadFolderOptions } from '../transfer/upload-folder.ts'
import type { Transfers } from '../transfers.ts'
import type { CallOptions, FileUpdate, Filters, ListOptions, RescaleFile } from '../types.ts'

/** `client.files` */
export class FilesResource {
  readonly #connection: Connection
  readonly #transfers: Transfers

  constructor(connection: Connection, transfers: Transfers) {
    this.#connection = connection
    this.#transfers = transfers
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
    return upload(await this.#transfers.context(), source, options, this.#find)
  }

  /** Uploads files, several at a time; one that fails does not stop the others. Results are in the files' order. */
  async uploadAll(
    files: readonly (string | UploadItem)[],
    options: UploadAllOptions = {},
  ): Promise<UploadResult[]> {
    const { uploadAll } = await import('../transfer/upload-all.ts')
    return uploadAll(await this.#transfers.context(), files, this.#find, options)
  }

  /** Uploads a folder as a zip, which jobs unpack. */
  async uploadFolder(folder: string, options: UploadFolderOptions = {}): Promise<RescaleFile> {
    const { uploadFolder } = await import('../transfer/upload-folder.ts')
    return uploadFolder(await this.#transfers.context(), folder, options, this.#find)
  }

  /** Uploads a large file in compressed slices, several at a time, with the command that joins them in a job. */
  async splitUpload(path: string, options: SplitUploadOptions = {}): Promise<SplitUpload> {
    const { splitUpload } = await import('../transfer/split-upload.ts')
    return splitUpload(await this.#transfers.context(), path, options, this.#find)
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
    return download(await this.#transfers.context(), metadata, options, metadata === file ? 0 : 1)
  }

  /**
   * Downloads files into a folder: a list such as `files.list({ search })`, metadata, or ids. Those that are there
   * already, and right, are left alone; one that fails does not stop the others. Results are in the files' order.
   */
  async downloadAll(
    files: Iterable<Downloadable | string> | AsyncIterable<Downloadable | string>,
    options: DownloadAllOptions = {},
  ): Promise<DownloadResult[]> {
    const { downloadAll } = await import('../transfer/download-all.ts')
    return downloadAll(await this.#transfers.context(), this.#metadataOf(files, options), options)
  }

  async *#metadataOf(
    files: Iterable<Downloadable | string> | AsyncIterable<Downloadable | string>,
    { signal }: CallOptions,
  ): AsyncIterable<Downloadable> {
    for await (const file of files) {
      yield typeof file === 'string' ? await this.get(file, signal ? { signal } : {}) : file
    }
  }

  readonly #find: FindFiles = (name, signal) => this.list({ search: name }, signal ? { signal } : {})
}
