import type { BodyRing } from './body-ring.ts'
import type { KeptBody } from './kept-body.ts'

/** Request targets whose latest answer is remembered. Pollers ask for one or a few in turn. */
const REMEMBERED = 16

/** A text is written again once newer bodies have taken this part of the ring: its entries would else go too early. */
const REUSED_PART = 0.25

interface Known {
  readonly text: string
  readonly generation: number
  readonly body: KeptBody
}

/** Answers that are the same as the one before, as pollers get them, need not be searched and kept again. */
export class KnownTexts {
  readonly #byTarget = new Map<string, Known>()

  /** `generation`: what the redactor knew when it looked. */
  find(target: string, text: string, generation: number, ring: BodyRing): KeptBody | undefined {
    const known = this.#byTarget.get(target)
    if (known === undefined || known.generation !== generation || known.text !== text) return undefined
    return ring.ageOf(known.body.slice) < REUSED_PART * ring.limit ? known.body : undefined
  }

  remember(target: string, known: Known): void {
    if (this.#byTarget.size >= REMEMBERED && !this.#byTarget.has(target)) this.#byTarget.clear()
    this.#byTarget.set(target, known)
  }

  clear(): void {
    this.#byTarget.clear()
  }
}
