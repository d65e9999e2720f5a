import type { Readable, Writable } from 'node:stream'
import type { FetchLike } from '../requests/exchange.ts'

/** A stream that may be a terminal. */
export type Terminal = Writable & {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/** All that a command sees of the world around it. */
export interface Io {
  /** Data, and nothing else. */
  readonly stdout: Terminal
  /** Everything that is said to a person: progress, warnings, questions, errors. */
  readonly stderr: Terminal
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborted by Ctrl+C and by SIGTERM; the reason is the signal's name. */
  readonly signal: AbortSignal
  /** What sends requests, instead of `fetch`: a mock in the same process. */
  readonly fetch?: FetchLike | undefined
}

/** Writes and waits until the stream takes more, so that nothing piles up in memory. */
export async function write(stream: Writable, chunk: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(chunk, (error) => (error ? reject(error) : resolve()))
  })
}
