export interface RecentlyUsedOptions<Value> {
  /** How many there may be. Default: any number. */
  readonly most?: number
  /** How large they may be together. Default: of any size. */
  readonly mostBytes?: number
  sizeOf?(value: Value): number
  /** Something had to make room. */
  onForgotten?(value: Value): void
}

/** What was used last, bounded by number and size: the oldest makes room. */
export class RecentlyUsed<Key, Value> {
  readonly #options: RecentlyUsedOptions<Value>
  /** In the order of use. */
  readonly #values = new Map<Key, Value>()
  #bytes = 0

  constructor(options: RecentlyUsedOptions<Value>) {
    this.#options = options
  }

  /** Which is to use it. */
  get(key: Key): Value | undefined {
    const value = this.#values.get(key)
    if (value === undefined) return undefined
    this.#values.delete(key)
    this.#values.set(key, value)
    return value
  }

  /** What is larger than all may be is not kept. */
  set(key: Key, value: Value): void {
    this.delete(key)
    this.#values.set(key, value)
    this.#bytes += this.#sizeOf(value)
    const {
      most = Number.POSITIVE_INFINITY,
      mostBytes = Number.POSITIVE_INFINITY,
      onForgotten,
    } = this.#options
    for (const [oldest, forgotten] of this.#values) {
      if (this.#values.size <= most && this.#bytes <= mostBytes) return
      this.delete(oldest)
      onForgotten?.(forgotten)
    }
  }

  delete(key: Key): void {
    const value = this.#values.get(key)
    if (value === undefined) return
    this.#values.delete(key)
    this.#bytes -= this.#sizeOf(value)
  }

  /** The oldest first. */
  values(): Iterable<Value> {
    return this.#values.values()
  }

  #sizeOf(value: Value): number {
    return this.#options.sizeOf?.(value) ?? 0
  }
}
