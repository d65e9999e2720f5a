/**
 * Remembers what was made of a key, up to a number of keys; then it starts over. For keys that clients send again
 * and again, and may make up: long ones are not remembered.
 */
export class Memo<Value> {
  readonly #limit: number
  readonly #longestKey: number
  readonly #values = new Map<string, Value>()

  constructor(limit: number, longestKey: number) {
    this.#limit = limit
    this.#longestKey = longestKey
  }

  get(key: string, make: (key: string) => Value): Value {
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const made = make(key)
    if (key.length > this.#longestKey) return made
    if (this.#values.size >= this.#limit) this.#values.clear()
    this.#values.set(key, made)
    return made
  }
}
