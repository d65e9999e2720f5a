import { createHash } from 'node:crypto'
import { isList, isObject, type Json } from '../json.ts'

/**
 * What this recording has sent itself: nobody else's, so that the same text in an answer is an echo and may be kept.
 * Holds hashes only, and never forgets: a scenario sends little.
 */
export class SentTexts {
  readonly #hashes = new Set<string>()
  readonly #bodies = new Set<string>()

  add(text: string): void {
    if (text !== '') this.#hashes.add(hashOf(text))
  }

  /** Whatever the case: the platform lowers that of tags. */
  has(text: string): boolean {
    return this.#hashes.has(hashOf(text))
  }

  /** `isSecret`: by its key. What is not kept of what was sent is no echo either. */
  addAll(value: Json, isSecret: (key: string) => boolean): void {
    if (typeof value === 'string') this.add(value)
    else if (isList(value)) for (const item of value) this.addAll(item, isSecret)
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        this.add(key)
        if (!isSecret(key)) this.addAll(inner, isSecret)
      }
    }
  }

  /** The bytes of a file that was uploaded. */
  addBody(sha256: string): void {
    this.#bodies.add(sha256)
  }

  hasBody(sha256: string): boolean {
    return this.#bodies.has(sha256)
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text.toLowerCase()).digest('base64')
