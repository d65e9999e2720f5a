import type { FindingClass, RelationRule } from '../finding.ts'
import type { WholeAnswer, WholeExchange } from './answer.ts'

/** Changes an answer, or leaves it alone: null. One for each run; it may remember what it saw. */
export type Spoiler = (exchange: WholeExchange) => WholeAnswer | null

/** Something that a platform might do otherwise than described. The harness has to notice. */
export interface Deviation {
  /** E.g. `jobs missing-field`. */
  readonly id: string
  /** Tag of the operations that it is about. */
  readonly group: string
  readonly class: FindingClass
  readonly rule?: RelationRule
  readonly text: string
  /** Anew for each run. */
  create(): Spoiler
}

/** Something that a platform may do otherwise without being wrong. The harness must not say a word. */
export interface Variation {
  readonly id: string
  readonly text: string
  create(): Spoiler
}
