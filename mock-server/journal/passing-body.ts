import { createHash, type Hash } from 'node:crypto'
import type { ReadOptions } from '../domain/file-store.ts'
import type { ByteStream, OpenStream } from '../exchange/http.ts'
import type { PassedBody } from './kept-body.ts'

/** Counts and hashes bytes as they pass, and keeps the first of them. */
class Passage {
  readonly #maxBodyBytes: number
  readonly #known: string | undefined
  #kept: Uint8Array[] = []
  #keptBytes = 0
  #hash: Hash | null = null
  size = 0
  isComplete = false

  /** `known`: the SHA-256 of the whole, where it need not be computed. */
  constructor(maxBodyBytes: number, known?: string) {
    this.#maxBodyBytes = maxBodyBytes
    this.#known = known
  }

  /** The chunk may be lent: it is not looked at later. */
  note(chunk: Uint8Array): void {
    this.size += chunk.length
    const room = this.#maxBodyBytes - this.#keptBytes
    if (this.#hash === null && this.#known === undefined && chunk.length > room)
      this.#hash = this.#hashOfKept()
    this.#hash?.update(chunk)
    if (room === 0) return
    const kept = Uint8Array.from(chunk.length > room ? chunk.subarray(0, room) : chunk)
    this.#kept.push(kept)
    this.#keptBytes += kept.length
  }

  get passed(): PassedBody {
    const { size, isComplete } = this
    const sha256 = this.#known ?? this.#hash?.copy().digest('hex') ?? null
    return { head: Buffer.concat(this.#kept), size, sha256, isComplete }
  }

  #hashOfKept(): Hash {
    const hash = createHash('sha256')
    for (const chunk of this.#kept) hash.update(chunk)
    return hash
  }
}

/** A request's body, which is recorded while it is read. */
export class PassingBody implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterable<Uint8Array>
  readonly #passage: Passage

  constructor(source: AsyncIterable<Uint8Array>, maxBodyBytes: number) {
    this.#source = source
    this.#passage = new Passage(maxBodyBytes)
  }

  /** What was read so far. */
  get passed(): PassedBody {
    return this.#passage.passed
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#source) {
      this.#passage.note(chunk)
      yield chunk
    }
    this.#passage.isComplete = true
  }
}

export interface WatchOptions {
  readonly maxBodyBytes: number
  /** SHA-256 by the name of a stream: the same file is downloaded often, and hashing takes longer than sending. */
  readonly knownHashes: Map<string, string>
}

/** Names that are remembered. */
const MAX_KNOWN_HASHES = 1_000

/** An answer's body. `onPassed` is called once: before the last bytes are handed on, or when nobody wants more. */
export function passingStream(
  stream: ByteStream | OpenStream,
  { maxBodyBytes, knownHashes }: WatchOptions,
  onPassed: (passed: PassedBody) => void,
): ByteStream | OpenStream {
  const { size } = stream
  const read = async function* (options?: ReadOptions) {
    const name = 'name' in stream ? stream.name : undefined
    const passage = new Passage(maxBodyBytes, name === undefined ? undefined : knownHashes.get(name))
    let isTold = false
    const tell = () => {
      if (isTold) return
      isTold = true
      const { passed } = passage
      if (name !== undefined && passed.isComplete && passed.sha256 !== null)
        remember(knownHashes, name, passed.sha256)
      onPassed(passed)
    }
    try {
      for await (const chunk of stream.read(options)) {
        passage.note(chunk)
        passage.isComplete = passage.size === size
        if (passage.isComplete) tell()
        yield chunk
      }
      passage.isComplete = size === null || passage.size === size
    } finally {
      tell()
    }
  }
  return size === null ? { size, read } : { size, read }
}

function remember(knownHashes: Map<string, string>, name: string, sha256: string): void {
  if (knownHashes.size >= MAX_KNOWN_HASHES) knownHashes.clear()
  knownHashes.set(name, sha256)
}
