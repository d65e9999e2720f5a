import type { ToldRecord } from '../worlds/records/tell-world.ts'
import type { Write } from './database.ts'
import { type Sum, SumOfSums, seal } from './seal.ts'

const DIGEST = 'digest'

/** What a tenant's records are together, so that one that is missing or old is noticed. */
export interface Digest {
  readonly records: number
  readonly sum: string
  /** Real time, in milliseconds since 1970. */
  readonly savedAt: number
  /** Which commit wrote it. Missing in what was written before that was noted. */
  readonly commit?: number
}

/** The records of one tenant in the database: which there are, and what they are together. */
export class TenantRecords {
  readonly tenantId: string
  readonly #prefix: string
  readonly #sums = new Map<string, Sum>()
  readonly #sum = new SumOfSums()
  /** Removed by a write that may have failed. */
  readonly #removed = new Set<string>()
  /** After a write that failed, what is in the database is not what is known here. */
  #isDoubtful = false

  constructor(tenantId: string) {
    this.tenantId = tenantId
    this.#prefix = prefixOf(tenantId)
  }

  /** A record that is in the database. */
  note(key: string, sum: Sum): void {
    this.#sums.set(key, sum)
    this.#sum.toggle(sum)
  }

  keysWith(prefix: string): string[] {
    return [...this.#sums.keys()].filter((key) => key.startsWith(prefix))
  }

  digest(savedAt: number, commit: number): Digest {
    return { records: this.#sums.size, sum: String(this.#sum), savedAt, commit }
  }

  /** Nothing for a record that is there already. */
  write({ key, value }: ToldRecord): Write[] {
    const known = this.#sums.get(key)
    if (value === undefined) return known ? [this.#remove(key, known)] : []
    const { text, sum } = seal(this.#prefix + key, value)
    const isThere = known !== undefined && known[0] === sum[0] && known[1] === sum[1]
    if (isThere && !this.#isDoubtful) return []
    if (known) this.#sum.toggle(known)
    this.note(key, sum)
    return [{ key: this.#prefix + key, text }]
  }

  writeDigest(savedAt: number, commit: number): Write {
    const key = this.#prefix + DIGEST
    return { key, text: seal(key, this.digest(savedAt, commit)).text }
  }

  /** What was written is in the database. */
  confirm(): void {
    this.#removed.clear()
    this.#isDoubtful = false
  }

  /** What was written may be in the database or not. To be written whole again. */
  doubt(): void {
    this.#isDoubtful = true
  }

  /** All of them that are not among these. */
  removeOthers(kept: ReadonlySet<string>): Write[] {
    const again = this.#isDoubtful ? [...this.#removed].filter((key) => !kept.has(key)) : []
    const others = [...this.#sums].flatMap(([key, sum]) => (kept.has(key) ? [] : [this.#remove(key, sum)]))
    return [...again.map((key) => ({ key: this.#prefix + key })), ...others]
  }

  removeAll(): Write[] {
    for (const [key, sum] of this.#sums) this.#remove(key, sum)
    // Those, too, whose own removal may be about to fail.
    return [...this.#removed, DIGEST].map((key) => ({ key: this.#prefix + key }))
  }

  #remove(key: string, sum: Sum): Write {
    this.#sums.delete(key)
    this.#removed.add(key)
    this.#sum.toggle(sum)
    return { key: this.#prefix + key }
  }
}

const prefixOf = (tenantId: string): string => `tenant/${tenantId}/`

/** A key of the database that belongs to a tenant; `key` is null for its digest. */
export function tenantKey(text: string): { readonly tenantId: string; readonly key: string | null } | null {
  const [, tenantId, key] = /^tenant\/([0-9a-f]{16})\/(.+)$/s.exec(text) ?? []
  return tenantId === undefined || key === undefined ? null : { tenantId, key: key === DIGEST ? null : key }
}
