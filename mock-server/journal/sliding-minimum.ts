/**
 * The least of the numbers that are held, when the ones that came first also go first: a queue in which only those
 * wait that are smaller than all after them.
 */
export class SlidingMinimum {
  #keys: number[] = []
  #values: number[] = []
  #head = 0

  /** Keys grow. */
  push(key: number, value: number): void {
    while (this.#keys.length > this.#head && (this.#values.at(-1) ?? 0) >= value) {
      this.#keys.pop()
      this.#values.pop()
    }
    this.#keys.push(key)
    this.#values.push(value)
  }

  /** The key of the least value, if that is below the limit: the latest of those keys. */
  below(limit: number): number | null {
    const [key, value] = [this.#keys[this.#head], this.#values[this.#head]]
    return key !== undefined && value !== undefined && value < limit ? key : null
  }

  /** Lets go of what came up to a key. */
  dropUpTo(key: number): void {
    while ((this.#keys[this.#head] ?? Number.POSITIVE_INFINITY) <= key) this.#head += 1
    if (this.#head < 1_024) return
    this.#keys = this.#keys.slice(this.#head)
    this.#values = this.#values.slice(this.#head)
    this.#head = 0
  }

  clear(): void {
    this.#keys = []
    this.#values = []
    this.#head = 0
  }
}
