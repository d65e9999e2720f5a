import type { OperationId } from '../../../openapi/generated/routes.ts'
import type { FindingClass, RelationRule } from '../finding.ts'
import type { Target } from '../target.ts'
import type { Transport } from '../transport.ts'
import type { WholeAnswer, WholeExchange } from './answer.ts'
import type { Asked } from './steps.ts'

/** Changes an answer, or leaves it alone: null. One for each run; it may remember what it saw. */
export type Spoiler = (exchange: WholeExchange) => WholeAnswer | null

/** Something that a platform might do otherwise than described. The harness has to notice. */
export interface Deviation {
  /** E.g. `jobs missing-field`. */
  readonly id: string
  /** Tag of the operations that it is about. */
  readonly group: string
  /** Where only one of the group is meant. */
  readonly operationId?: OperationId
  readonly class: FindingClass
  readonly rule?: RelationRule
  readonly text: string
  /** Anew for each run. */
  create(): Spoiler
}

/** Something that a platform may do otherwise without being wrong. The harness must not say a word. */
export type Variation = AnswerVariation | PlatformVariation

/** Of each answer by itself. */
export interface AnswerVariation {
  readonly id: string
  readonly text: string
  create(): Spoiler
}

/** Of the platform as a whole: how quick it is, what is on the account already. */
export interface PlatformVariation {
  readonly id: string
  readonly text: string
  /** Anew for each scenario; several are told at the same time. */
  open(platform: VariedPlatform): Promise<Target>
}

export interface VariedTarget extends Target {
  /** How others reach the platform, where its stages lead through guards. Default: as its stages do. */
  readonly others?: Transport
  /** The same for all targets that lead to one account. Default: it has one for itself. */
  readonly account?: object
  /** Changes its answers on their way. Default: a layer does, below everything that looks. */
  spoilWith?(spoiler: Spoiler): void
}

export interface VariedPlatform {
  /** With another seed it makes other ids. */
  openTarget(options?: { readonly seed: string }): Promise<VariedTarget>
  /** All ids that were told when nothing was seeded. */
  readonly cleanIds: ReadonlySet<string>
  /** What was made on an account for an earlier scenario, and is there for all others too. */
  readonly furnished: Map<object, Promise<ReadonlySet<string>>>
  /** To be called for each answer that is not what it was without the variation, with what was asked. */
  readonly onChanged: (request: Asked) => void
}
