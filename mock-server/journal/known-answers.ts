import type { BodyRing } from './body-ring.ts'
import type { KeptBody } from './kept-body.ts'
import type { Draft, Said } from './said.ts'

/** Request targets whose latest answer is remembered. Pollers ask for one or a few in turn. */
const REMEMBERED = 16

/** A text is written again once newer bodies have taken this part of the ring: its entries would else go too early. */
const REUSED_PART = 0.25

interface Known {
  readonly text: string
  readonly generation: number
  readonly body: KeptBody
  readonly said: Said
}

/** Answers that are the same as the one before, as pollers get them, need not be searched and kept again. */
export class KnownAnswers {
  readonly #byTarget = new Map<string, Known>()

  /** `generation`: what the redactor knew when it looked. */
  find({ request, answerBody }: Draft, generation: number, ring: BodyRing): Known | undefined {
    if (typeof answerBody !== 'string') return undefined
    const known = this.#byTarget.get(request.target)
    if (known === undefined || known.generation !== generation || known.text !== answerBody) return undefined
    return ring.ageOf(known.body.slice) < REUSED_PART * ring.limit ? known : undefined
  }

  /** Only what is kept as it was, and whole. */
  remember({ request: { target }, answerBody: text }: Draft, generation: number, said: Said): void {
    const body = said.answerBody
    if (typeof text !== 'string' || body === null || body.isCut || body.isRedacted) return
    if (this.#byTarget.size >= REMEMBERED && !this.#byTarget.has(target)) this.#byTarget.clear()
    this.#byTarget.set(target, { text, generation, body, said })
  }

  clear(): void {
    this.#byTarget.clear()
  }
}
