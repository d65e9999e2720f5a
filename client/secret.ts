const inspect = Symbol.for('nodejs.util.inspect.custom')

// Shorter keys would give away too much by their last four characters.
const MIN_LENGTH_FOR_TAIL = 16

/**
 * An API key that prints as `***abcd` wherever it ends up: in strings, JSON, `console.log`, error dumps.
 * Only `reveal()` gives the key, and only the request pipeline calls it.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return this.#value.length < MIN_LENGTH_FOR_TAIL ? '***' : `***${this.#value.slice(-4)}`
  }

  toJSON(): string {
    return this.toString()
  }

  [inspect](): string {
    return this.toString()
  }

  /** `text` with every occurrence of the key masked: servers echo request headers into error pages. */
  redact(text: string): string {
    return this.#value === '' ? text : text.replaceAll(this.#value, this.toString())
  }

  /** The `Authorization` header: legacy keys are tokens, newer ones JWTs (api-facts 1.3, from Interlink). */
  authorization(): string {
    const isJwt = this.#value.startsWith('ey') && this.#value.split('.').length === 3
    return `${isJwt ? 'Bearer' : 'Token'} ${this.#value}`
  }
}
