import { describe, expect, it } from 'vitest'
import { realClock } from './harness/harness-clock.ts'
import { runScenario } from './harness/run-scenario.ts'
import { mockTarget } from './harness/targets/mock-target.ts'
import { scenarios } from './scenarios/index.ts'

describe('told to the mock in this process', () => {
  it.each(scenarios)('$id: $title', async (scenario) => {
    const result = await runScenario(scenario, mockTarget(), { clock: realClock, check: () => [] })
    expect({ outcome: result.outcome, failure: result.failure, findings: result.findings }).toEqual({
      outcome: 'passed',
      failure: undefined,
      findings: [],
    })
  })
})
