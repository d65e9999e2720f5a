import { createHash, type Hash } from 'node:crypto'
import { duplicateKeys } from './duplicate-keys.ts'
import { parseJson } from './json.ts'
import type { SeenBody } from './seen-exchange.ts'

/** How much of a body is kept to be looked into; a page of a hundred jobs is about 200 kB. */
export const KEPT_BYTES = 4 * 1024 * 1024

export interface TapOptions {
  /** The description says so, whatever the content type (uploads are answered with JSON as `text/plain`). */
  readonly holdsJson?: boolean
  /** Bytes of which all are kept. */
  readonly keep?: number
}

/** Counts and hashes a body that passes, and keeps it while it is small. */
export class BodyTap {
  readonly #contentType: string
  readonly #holdsJson: boolean
  readonly #sha256: Hash = createHash('sha256')
  readonly #sha512: Hash | null
  readonly #keep: number
  #chunks: Uint8Array[] = []
  #size = 0
  #ended = true

  constructor(contentType: string | undefined, { holdsJson = false, keep = KEPT_BYTES }: TapOptions = {}) {
    this.#contentType = (contentType ?? '').toLowerCase()
    this.#holdsJson = holdsJson
    this.#keep = keep
    // Only bytes are compared by SHA-512 (a file's `fileChecksums`).
    this.#sha512 = this.#looksTextual() ? null : createHash('sha512')
  }

  whole(bytes: Uint8Array): void {
    this.#take(bytes)
  }

  async *through(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.#ended = false
    for await (const chunk of body) {
      this.#take(chunk)
      yield chunk
    }
    this.#ended = true
  }

  /** What has passed. To be asked once. */
  seen(): SeenBody {
    if (this.#size === 0 && this.#ended) return { kind: 'none' }
    const kept = this.#kept()
    const size = this.#size
    const sha256 = this.#sha256.digest('hex')
    const sha512 = this.#sha512?.digest('hex') ?? ''
    if (kept === null || !this.#ended) {
      return { kind: 'bytes', size, sha256, sha512, ...(this.#ended ? {} : { incomplete: true }) }
    }
    const text = this.#looksTextual() ? decoded(kept) : null
    if (text === null) return { kind: 'bytes', size, sha256, sha512, bytes: kept }
    const value = this.#looksJson() ? parseJson(text) : undefined
    if (value === undefined) return { kind: 'text', text, size, sha256 }
    const twice = duplicateKeys(text, value)
    return { kind: 'json', value, size, sha256, ...(twice.length > 0 && { duplicateKeys: twice }) }
  }

  #take(chunk: Uint8Array): void {
    this.#sha256.update(chunk)
    this.#sha512?.update(chunk)
    this.#size += chunk.length
    if (this.#size > this.#keep) this.#chunks = []
    // The sender may write over its buffer once it is asked for the next.
    else this.#chunks.push(chunk.slice())
  }

  #kept(): Uint8Array | null {
    return this.#size > this.#keep ? null : Buffer.concat(this.#chunks)
  }

  #looksJson(): boolean {
    return this.#holdsJson || /^application\/(?:[\w.+-]+\+)?json\b/.test(this.#contentType)
  }

  #looksTextual(): boolean {
    return this.#looksJson() || this.#contentType.startsWith('text/')
  }
}

/** Null where the bytes are no UTF-8: they stay bytes then. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
