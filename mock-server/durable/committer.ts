import type { Database, Write } from './database.ts'
import type { DurableFiles } from './durable-files.ts'
import type { LastCommit } from './last-commit.ts'
import { seal } from './seal.ts'
import type { TenantKeeper } from './tenant-keeper.ts'

export const COMMIT_KEY = 'commit'

export interface CommitterParts {
  readonly database: Database
  readonly files: DurableFiles
  readonly lastCommit: LastCommit
  /** The number of the last commit. */
  readonly commit: number
  /** Milliseconds since 1970. */
  now(): number
  onError(error: unknown): void
}

/**
 * Writes what changed, in whole commits one after the other: while one is on its way to the disk, what changes meanwhile
 * gathers for the next.
 */
export class Committer {
  readonly #parts: CommitterParts
  #commit: number
  readonly #changed = new Set<TenantKeeper>()
  /** Writes of tenants that are no more. */
  #leftovers: Write[] = []
  #forgotten: string[] = []
  #writing: { readonly keepers: ReadonlySet<TenantKeeper>; readonly done: Promise<void> } | null = null
  #next: Promise<void> | null = null
  /** Bytes that are being removed; none of them fails. */
  readonly #sweeps = new Set<Promise<void>>()
  #isFailing = false
  #isClosed = false

  constructor(parts: CommitterParts) {
    this.#parts = parts
    this.#commit = parts.commit
  }

  /** Something changed; it will be written even if nobody waits for it. */
  note(keeper: TenantKeeper): void {
    this.#changed.add(keeper)
    if (this.#isFailing || this.#isClosed) return
    // What happens by itself happens at once; with what follows from it in the same breath, it is one commit.
    setImmediate(() => {
      if (this.#changed.has(keeper)) this.#inTheBackground()
    })
  }

  /** Resolves when what changed until now is on the disk; undefined when it is. */
  saved(keeper: TenantKeeper): Promise<void> | undefined {
    if (this.#isClosed) return undefined
    if (keeper.hasChanged) {
      this.#changed.add(keeper)
      return this.#nextCommit()
    }
    return this.#writing?.keepers.has(keeper) ? this.#writing.done : undefined
  }

  async forget(keeper: TenantKeeper): Promise<void> {
    this.#changed.delete(keeper)
    this.#leftovers.push(...keeper.forget())
    this.#forgotten.push(keeper.tenantId)
    await this.#nextCommit()
  }

  /** Resolves when nothing is left to be written or removed; what changes from now on is not. */
  async close(): Promise<void> {
    this.#isClosed = true
    try {
      await this.#finish()
    } finally {
      // Whoever opens the folder next would find them, and then not any more.
      await Promise.all(this.#sweeps)
    }
  }

  async #finish(): Promise<void> {
    for (const keeper of this.#changed) if (!keeper.hasChanged) this.#changed.delete(keeper)
    await this.#writing?.done
    if (this.#changed.size > 0 || this.#leftovers.length > 0) await this.#nextCommit()
    await this.#parts.files.sweep(this.#parts.files.takeUnneeded())
  }

  #inTheBackground(): void {
    this.#nextCommit().catch((error) => this.#parts.onError(error))
  }

  #nextCommit(): Promise<void> {
    this.#next ??= (this.#writing?.done.catch(() => undefined) ?? Promise.resolve()).then(() => {
      this.#next = null
      return this.#begin()
    })
    return this.#next
  }

  #begin(): Promise<void> {
    const keepers = new Set(this.#changed)
    this.#changed.clear()
    const done = this.#write(keepers).finally(() => {
      if (this.#writing?.done === done) this.#writing = null
    })
    this.#writing = { keepers, done }
    return done
  }

  async #write(keepers: ReadonlySet<TenantKeeper>): Promise<void> {
    const { database, files, lastCommit, now } = this.#parts
    const at = now()
    const taken = [...keepers].map((keeper) => ({ keeper, writes: keeper.take(at, this.#commit + 1) }))
    const forgotten = this.#forgotten.splice(0)
    const leftovers = this.#leftovers.splice(0)
    const writes = [...leftovers, ...taken.flatMap((one) => one.writes)]
    const unneeded = files.takeUnneeded()
    if (writes.length === 0) return files.sweep(unneeded)
    this.#commit += 1
    try {
      await files.sync()
      // Before they are gone: who is noted and not there is missed, and who is there although removed is back.
      for (const tenantId of forgotten) lastCommit.forget(tenantId, this.#commit)
      await database.write([...writes, { key: COMMIT_KEY, text: seal(COMMIT_KEY, this.#commit).text }])
    } catch (error) {
      // What is on the disk now is not known, so all is told again.
      // It is tried again when somebody waits for it.
      this.#isFailing = true
      this.#leftovers.unshift(...leftovers)
      this.#forgotten.unshift(...forgotten)
      for (const keeper of keepers) keeper.doubt()
      this.#isFailing = false
      throw error
    }
    for (const keeper of keepers) keeper.confirm()
    const written = taken.filter((one) => one.writes.length > 0)
    lastCommit.write(
      this.#commit,
      written.map(({ keeper }) => keeper.tenantId),
    )
    this.#sweep(unneeded)
  }

  /** Who saves does not wait for that; bytes that stay are found at the next start. */
  #sweep(unneeded: readonly string[]): void {
    const sweep = this.#parts.files
      .sweep(unneeded)
      .catch((error) => this.#parts.onError(error))
      .finally(() => this.#sweeps.delete(sweep))
    this.#sweeps.add(sweep)
  }
}
