/** What is known of a stored sequence of bytes. Plain data, so that a world can be saved and restored. */
export interface StoredBytes {
  /** Opaque: never made from anything a user sent. */
  readonly id: string
  readonly size: number
  /** Lower-case hex, computed while the bytes came in. */
  readonly sha512: string
}

/** Takes one sequence of bytes. Nothing is readable before `commit`, and nothing is left after `abort`. */
export interface BytesWriter {
  /** Takes the next bytes; when it returns a promise, the caller waits for it (back-pressure). The chunk must not be changed afterwards. */
  write(chunk: Uint8Array): Promise<void> | undefined
  commit(): Promise<StoredBytes>
  /** May be called at any time, also after a failed `write` or `commit`, and twice. */
  abort(): Promise<void>
}

export interface ReadOptions {
  /** The reader is done with a chunk when it asks for the next one, so that its memory may be used again. */
  readonly lend?: boolean
}

/** Port: where bytes are kept. Names, owners and types of files are the platform's business, not the store's. */
export interface FileStore {
  writer(): BytesWriter
  /** Stores small content that the mock itself made (a log, a simulated output). */
  put(bytes: Uint8Array): StoredBytes
  /** Takes over a finished file by moving it; the path is gone afterwards. */
  adopt(path: string): Promise<StoredBytes>
  /** The bytes from `start` up to, but not including, `end`, in chunks of up to 1 MiB. */
  read(id: string, start: number, end: number, options?: ReadOptions): AsyncIterable<Uint8Array>
  /** Where the bytes lie as a plain file, for executors that copy or link it; null when they are in memory. */
  pathOf(id: string): string | null
  remove(id: string): Promise<void>
  close(): Promise<void>
}
