import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadChecks } from './harness/checks/load-checks.ts'
import { realClock } from './harness/harness-clock.ts'
import { runScenario } from './harness/run-scenario.ts'
import { countsAsFinding } from './harness/scenario-result.ts'
import type { Target } from './harness/target.ts'
import { mockHttpTarget } from './harness/targets/mock-http-target.ts'
import { mockTarget } from './harness/targets/mock-target.ts'
import { scenarios } from './scenarios/index.ts'

const { check } = await loadChecks()

const targets = [
  { name: 'the mock in this process', open: async () => mockTarget() },
  { name: 'a mock behind a URL', open: () => mockHttpTarget() },
]

describe.each(targets)('told to $name', ({ open }) => {
  let target: Target
  beforeAll(async () => {
    target = await open()
  })
  afterAll(() => target.close())

  it.each(scenarios)('$id: $title', async (scenario) => {
    const { outcome, failure, reason, findings } = await runScenario(scenario, target, {
      clock: realClock,
      check,
    })
    expect({ outcome, failure, reason, findings: findings.filter(countsAsFinding) }).toEqual({
      outcome: 'passed',
      findings: [],
    })
  })
})
