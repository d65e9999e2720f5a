import { defaultLimits, Journal, type JournalLimits } from './journal.ts'
import { MAX_JOURNALS, MAX_TOTAL_BYTES } from './limits.ts'
import type { Draft } from './said.ts'

export interface JournalOptions extends Partial<JournalLimits> {
  /** Whether new journals write down what happens. Default true. */
  readonly isOn?: boolean
}

/** The journals of one server: one for each tenant, and one for requests that came without a key. */
export class Journals {
  readonly #options: JournalOptions
  /** By tenant, the one that was written to last at the end. */
  readonly #byTenant = new Map<string | null, Journal>()
  /** SHA-256 of what is downloaded, by the name of its bytes. */
  readonly knownHashes = new Map<string, string>()
  #latest: Journal | null = null
  #heldBytes = 0

  constructor(options: JournalOptions = {}) {
    this.#options = options
  }

  of(tenantId: string | null): Journal {
    return this.#byTenant.get(tenantId) ?? this.#open(tenantId)
  }

  add(journal: Journal, draft: Draft): number {
    const before = journal.heldBytes
    const number = journal.add(draft)
    this.#grown(journal, before)
    return number
  }

  finish(journal: Journal, ...passed: Parameters<Journal['finish']>): void {
    const before = journal.heldBytes
    journal.finish(...passed)
    this.#grown(journal, before)
  }

  #grown(journal: Journal, before: number): void {
    this.#heldBytes += journal.heldBytes - before
    this.#touch(journal)
    if (this.#heldBytes > MAX_TOTAL_BYTES) this.#makeRoom(journal)
  }

  #open(tenantId: string | null): Journal {
    const { isOn = true, ...limits } = this.#options
    if (this.#byTenant.size >= MAX_JOURNALS) this.#forgetOldest()
    const journal = new Journal(tenantId, { ...defaultLimits, ...limits }, isOn)
    this.#byTenant.set(tenantId, journal)
    return journal
  }

  #touch(journal: Journal): void {
    if (this.#latest === journal) return
    this.#latest = journal
    this.#byTenant.delete(journal.tenantId)
    this.#byTenant.set(journal.tenantId, journal)
  }

  #makeRoom(journal: Journal): void {
    this.#heldBytes = 0
    for (const one of this.#byTenant.values()) this.#heldBytes += one.heldBytes
    for (const oldest of this.#byTenant.values()) {
      if (this.#heldBytes <= MAX_TOTAL_BYTES || oldest === journal) return
      this.#heldBytes -= oldest.heldBytes
      oldest.release()
      this.#heldBytes += oldest.heldBytes
    }
  }

  /** A journal that somebody watches stays. */
  #forgetOldest(): void {
    for (const [tenantId, journal] of this.#byTenant) {
      if (journal.isWatched || tenantId === null) continue
      this.#heldBytes -= journal.heldBytes
      this.#byTenant.delete(tenantId)
      return
    }
  }
}
