import { createHash } from 'node:crypto'
import { header } from '../exchange/header.ts'
import type { ExchangeRequest } from '../exchange/http.ts'

/** Of one server, the last that came. Ours. */
const MOST_BODIES = 32

/** What they had together as they came: as values they take about three times as much. Bytes; ours. */
const MOST_BYTES = 16 * 1024 * 1024

interface KnownBody {
  readonly value: unknown
  readonly size: number
}

/** Bodies by the SHA-256 of their bytes: those that come again need not be parsed and looked through again. */
export class KnownBodies {
  /** In the order of use. */
  readonly #bodies = new Map<string, KnownBody>()
  #bytes = 0

  /** `keep` is for what the body was read as, which nobody changes. */
  find(request: ExchangeRequest, bytes: Uint8Array): { value: unknown; keep(value: unknown): void } {
    const hash = createHash('sha256').update(`${header(request, 'content-type') ?? ''}\n`)
    const key = hash.update(bytes).digest('base64')
    const known = this.#bodies.get(key)
    if (known) this.#put(key, known)
    return { value: known?.value, keep: (value) => this.#put(key, { value, size: bytes.length }) }
  }

  #put(key: string, body: KnownBody): void {
    this.#remove(key)
    this.#bodies.set(key, body)
    this.#bytes += body.size
    for (const [oldest] of this.#bodies) {
      if (this.#bodies.size <= MOST_BODIES && this.#bytes <= MOST_BYTES) return
      this.#remove(oldest)
    }
  }

  #remove(key: string): void {
    this.#bytes -= this.#bodies.get(key)?.size ?? 0
    this.#bodies.delete(key)
  }
}
