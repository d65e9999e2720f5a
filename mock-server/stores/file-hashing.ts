/** Computes the SHA-512 of a file while it grows. */
export interface GrowingHash {
  /** Says that all bytes before `frontier` are in the file for good. */
  advance(frontier: number): void
  /** The digest of the first `size` bytes, in hex. */
  finish(size: number): Promise<string>
  /** Lets go of the file. */
  stop(): void
}

/**
 * Port: hashes files in another thread, which reads them again. That takes a little more CPU, and leaves this thread
 * to what clients send meanwhile: hashing alone is half of the work of an upload.
 */
export interface FileHashing {
  /** The file need not be there before the first `advance`. */
  file(path: string): Promise<GrowingHash>
  close(): Promise<void>
}

/** Less than this is hashed before another thread has started. Bytes. */
export const hashedElsewhereFrom = 16 << 20
