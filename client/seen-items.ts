// Items come twice when the list grows while it is paged, always within a page or two of each other.
const REMEMBERED_IDS = 10_000

/** The items of a list that came already, by their ids. Items without an id are always new. */
export class SeenItems<T> {
  readonly #ids = new Set<string | number>()

  /** Whether items of this list can be told from each other. */
  get haveIds(): boolean {
    return this.#ids.size > 0
  }

  isNew(item: T): boolean {
    const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined
    if (typeof id !== 'string' && typeof id !== 'number') return true
    if (this.#ids.has(id)) return false
    this.#ids.add(id)
    const [oldest] = this.#ids
    if (this.#ids.size > REMEMBERED_IDS && oldest !== undefined) this.#ids.delete(oldest)
    return true
  }
}
