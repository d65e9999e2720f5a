import { createHash } from 'node:crypto'
import { RecentlyUsed } from '../domain/recently-used.ts'
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
  readonly #bodies = new RecentlyUsed<string, KnownBody>({
    most: MOST_BODIES,
    mostBytes: MOST_BYTES,
    sizeOf: ({ size }) => size,
  })

  /** `keep` is for what the body was read as, which nobody changes. */
  find(request: ExchangeRequest, bytes: Uint8Array): { value: unknown; keep(value: unknown): void } {
    const hash = createHash('sha256').update(`${header(request, 'content-type') ?? ''}\n`)
    const key = hash.update(bytes).digest('base64')
    return {
      value: this.#bodies.get(key)?.value,
      keep: (value) => this.#bodies.set(key, { value, size: bytes.length }),
    }
  }
}
