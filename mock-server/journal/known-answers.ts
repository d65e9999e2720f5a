import type { BodyRing } from './body-ring.ts'
import type { KeptBody } from './kept-body.ts'
import type { Draft, Said } from './said.ts'

/** Request targets that are remembered, and the latest answer of those that were asked for again. Pollers ask for one or a few in turn. */
const REMEMBERED = 16

/** A text is written again once newer bodies have taken this part of the ring: its entries would else go too early. */
const REUSED_PART = 0.25

interface Known {
  readonly text: string
  readonly generation: number
  readonly body: KeptBody
  readonly said: Said
}

/**
 * Answers that are the same as the one before, as pollers get them, need not be searched and kept again. An answer is
 * remembered when its target is asked for once more: texts that are held for a moment only cost the garbage collector
 * more than all else that is done for an exchange.
 */
export class KnownAnswers {
  /** The one that was new last at the end. Null: asked for once. */
  readonly #byTarget = new Map<string, Known | null>()

  /** `generation`: what the redactor knew when it looked. */
  find({ request, answerBody }: Draft, generation: number, ring: BodyRing): Known | undefined {
    if (typeof answerBody !== 'string') return undefined
    const known = this.#byTarget.get(request.target)
    if (!known || known.generation !== generation || known.text !== answerBody) return undefined
    return ring.ageOf(known.body.slice) < REUSED_PART * ring.limit ? known : undefined
  }

  /** Only what is kept as it was, and whole. */
  remember({ request: { target }, answerBody: text }: Draft, generation: number, said: Said): void {
    const body = said.answerBody
    if (typeof text !== 'string' || body === null || body.isCut || body.isRedacted) return
    if (this.#byTarget.has(target)) this.#byTarget.set(target, { text, generation, body, said })
    else this.#note(target)
  }

  clear(): void {
    this.#byTarget.clear()
  }

  #note(target: string): void {
    if (this.#byTarget.size >= REMEMBERED) {
      const [oldest] = this.#byTarget.keys()
      if (oldest !== undefined) this.#byTarget.delete(oldest)
    }
    this.#byTarget.set(target, null)
  }
}
