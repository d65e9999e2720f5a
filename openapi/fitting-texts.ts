/** Those that clients ask for in turn, page after page, say. */
const TEXTS_PER_KEY = 4
/** In characters; with a hundred schemas this bounds what is kept to some megabytes. */
const LONGEST_TEXT = 20_000

/**
 * The last few texts of each key that were found to fit its schema. Whoever polls gets the same answer again and
 * again: to compare it with the last one takes a hundredth of the time that parsing and validating it would.
 */
export class FittingTexts {
  readonly #byKey = new Map<string, string[]>()

  has(key: string, text: string): boolean {
    return this.#byKey.get(key)?.includes(text) ?? false
  }

  add(key: string, text: string): void {
    if (text.length > LONGEST_TEXT) return
    const texts = this.#byKey.get(key)
    if (texts === undefined) this.#byKey.set(key, [text])
    else if (texts.unshift(text) > TEXTS_PER_KEY) texts.pop()
  }
}
