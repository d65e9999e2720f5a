import { runScenario } from '../run-scenario.ts'
import type { Scenario } from '../scenario.ts'
import { countsAsFinding, type ScenarioResult } from '../scenario-result.ts'
import { type WholeExchange, wholeOfSeen } from './answer.ts'
import type { Deviation } from './deviation.ts'
import type { SelfcheckParts } from './selfcheck.ts'
import { stepsIn } from './steps.ts'
import { withTarget } from './with-target.ts'

/** A scenario that passes where nothing is seeded. */
export interface CleanScenario {
  readonly scenario: Scenario
  readonly result: ScenarioResult
  /** As deviations would see them; without those that were not kept whole. */
  readonly exchanges: readonly WholeExchange[]
}

/** What a self-check says of itself before it begins: on a platform that is not clean, nothing can be told. */
export class NotCleanError extends Error {
  override readonly name = 'NotCleanError'
}

/** All that pass, the shortest first. */
export async function cleanRun(parts: SelfcheckParts): Promise<CleanScenario[]> {
  const results = await withTarget(parts.openTarget, async (target) => {
    const passed: CleanScenario[] = []
    for (const scenario of parts.scenarios) {
      const result = await runScenario(scenario, target, parts.run)
      const texts = said(result)
      parts.onTold?.(result, null)
      if (texts.length > 0) throw new NotCleanError(`${scenario.id} without deviations: ${texts.join('; ')}`)
      const exchanges = result.exchanges.flatMap((seen) => wholeOfSeen(seen) ?? [])
      if (result.outcome === 'passed') passed.push({ scenario, result, exchanges })
    }
    return passed
  })
  const steps = new Map(
    results.map((one) => [one, stepsIn(one.result.exchanges.map(({ request }) => request))]),
  )
  return results.sort((one, other) => (steps.get(one) ?? 0) - (steps.get(other) ?? 0))
}

/** Whether the deviation would change anything that was answered when nothing was seeded. */
export function wouldSpoil(deviation: Deviation, { exchanges }: CleanScenario): boolean {
  const spoil = deviation.create()
  return exchanges.some((exchange) => spoil(exchange) !== null)
}

/** Everything that is not silence. */
export function said({ outcome, failure, findings }: ScenarioResult): string[] {
  const counted = findings.filter(countsAsFinding).map((finding) => `${finding.class} ${finding.message}`)
  return outcome === 'failed' ? [...counted, failure ?? 'failed'] : counted
}
