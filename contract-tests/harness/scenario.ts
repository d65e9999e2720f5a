import type { OperationId } from '../../openapi/generated/routes.ts'
import type { FindingClass } from './finding.ts'
import type { NeverOnLive } from './not-run.ts'
import type { ScenarioContext } from './scenario-context.ts'
import type { StateName } from './states.ts'

/** An operation and a status that the description gives it; `outside` is what is no operation at all. */
export type Cell = readonly [operationId: OperationId | 'outside', status: number]

/** What a scenario costs on a real account: nothing; things that have to be deleted again; money. */
export type ScenarioCost = 'free' | 'creates' | 'submits'

/** One story told to a platform, as a value: whoever runs it brings the platform. */
export interface Scenario<Need extends StateName = StateName> {
  /** Group and name, e.g. `jobs/submit-and-watch`; file name of its recording. */
  readonly id: string
  /** What the platform does, in the present tense. */
  readonly title: string
  /** Found when `run` begins; each made by the target's own means. */
  readonly needs: readonly Need[]
  /** What it is sure to meet: a run that does not is a failure. */
  readonly covers: readonly Cell[]
  readonly cost: ScenarioCost
  /**
   * What its jobs print and make may be kept in a recording: the scenario knows their commands, and none of them prints
   * its environment, which holds a key. Otherwise such bodies are withheld, and nothing can be said of them on replay.
   */
  readonly harmlessOutput?: boolean
  /**
   * Why it is not told to a real platform. Such a scenario is shown and counted there, and does not make a run
   * incomplete; nor does it on replay, where nobody can have recorded it.
   */
  readonly notOnLive?: NeverOnLive
  /** Disagreements it provokes on purpose; they are told, but are no findings. */
  readonly deliberate?: readonly Deliberate[]
  /** Throws where the platform does something else than it should. */
  run(t: ScenarioContext<Need>): Promise<void>
}

export interface Deliberate {
  readonly class: FindingClass
  readonly operationId: OperationId | null
  readonly reason: string
}

/** A scenario that can stand in a list with others. */
export function scenario<const Need extends StateName>(given: Scenario<Need>): Scenario {
  return given as unknown as Scenario
}
