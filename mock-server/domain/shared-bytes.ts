import type { FileStore, StoredBytes } from './file-store.ts'

type Held = Pick<StoredBytes, 'id'>

/**
 * Counts who needs stored bytes: files of any world, runs that use them, snapshots. Whoever stored them is the first;
 * they are removed from the store when the last lets go.
 */
export class SharedBytes {
  readonly #store: FileStore
  /** How many besides one. Where it was more, none is written down: worlds that come and go would make it grow and shrink. */
  readonly #others = new Map<string, number>()

  /** Who needs the same bytes as others do, and never others, by what they are called together. */
  readonly #groups = new Map<object, number>()

  constructor(store: FileStore) {
    this.#store = store
  }

  retain({ id }: Held): void {
    this.#others.set(id, (this.#others.get(id) ?? 0) + 1)
  }

  /** The promise is about the bytes of the last one. */
  async release(held: Held): Promise<void> {
    if (this.#isLast(held)) await this.#store.remove(held.id)
  }

  /** The same for many at once, whose bytes are removed one after the other. */
  async releaseAll(all: Iterable<Held>): Promise<void> {
    const unneeded = [...all].filter((held) => this.#isLast(held))
    for (const { id } of unneeded) await this.#store.remove(id)
  }

  /** All of them at once: ten thousand are counted only by the first who needs them together. */
  retainGroup(group: object, bytes: () => Iterable<Held>): void {
    const holders = this.#groups.get(group) ?? 0
    if (holders === 0) for (const held of bytes()) this.retain(held)
    this.#groups.set(group, holders + 1)
  }

  /** The promise is about bytes that nobody else needs. */
  async releaseGroup(group: object, bytes: () => Iterable<Held>): Promise<void> {
    const holders = this.#groups.get(group) ?? 0
    if (holders > 1) this.#groups.set(group, holders - 1)
    else if (this.#groups.delete(group)) await this.releaseAll(bytes())
  }

  #isLast({ id }: Held): boolean {
    const others = this.#others.get(id) ?? 0
    if (others > 0) this.#others.set(id, others - 1)
    else this.#others.delete(id)
    return others === 0
  }
}
