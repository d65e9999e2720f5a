import { scenarios } from '../../../scenarios/index.ts'
import type { Answered } from '../../checks/answered.ts'
import { loadChecks } from '../../checks/load-checks.ts'
import { realClock } from '../../harness-clock.ts'
import type { Json } from '../../json.ts'
import { runScenarios } from '../../run-report.ts'
import { hasAnswer } from '../../seen-exchange.ts'
import { wholeOfSeen } from '../../selfcheck/answer.ts'
import type { Deviation } from '../../selfcheck/deviation.ts'
import { mockTarget } from '../../targets/mock-target.ts'
import type { Side } from '../drift.ts'

const { check, checkExchange } = await loadChecks()

/** An answer that a deviation was seeded into, on a side that said nothing else. */
export interface Seeded {
  readonly deviation: Deviation
  readonly exchange: Answered
  /** What was answered instead. */
  readonly value: Json
  readonly side: Side
  /** The same as it was. */
  readonly clean: Side
}

export async function exchangesOnMock(): Promise<Answered[]> {
  const target = mockTarget()
  const { results } = await runScenarios(scenarios, target, { clock: realClock, check })
  await target.close()
  return results.flatMap(({ exchanges }) => exchanges).filter(hasAnswer)
}

/** Into the first answer that it can change; null where there is none. */
export function seeded(deviation: Deviation, exchanges: readonly Answered[]): Seeded | null {
  const spoil = deviation.create()
  for (const exchange of exchanges) {
    const whole = wholeOfSeen(exchange)
    const spoiled = whole && spoil(whole)
    if (spoiled?.body.kind !== 'json') continue
    const { status, headers, body } = spoiled
    const response = {
      ...{ status, headers },
      body: { kind: 'json', value: body.value, size: 0, sha256: '' } as const,
    }
    const changed: Answered = { ...exchange, response }
    const sideOf = (seen: Answered): Side => ({ exchanges: [seen], findings: checkExchange(seen) })
    return { deviation, exchange, value: body.value, side: sideOf(changed), clean: sideOf(exchange) }
  }
  return null
}
