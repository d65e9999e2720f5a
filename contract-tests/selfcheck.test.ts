import { describe, expect, it } from 'vitest'
import { description } from '../openapi/testing/description.ts'
import { loadChecks } from './harness/checks/load-checks.ts'
import { allDeviations } from './harness/selfcheck/corpus.ts'
import { selfcheck } from './harness/selfcheck/selfcheck.ts'
import { variations } from './harness/selfcheck/variations.ts'
import { mockTarget } from './harness/targets/mock-target.ts'
import { scenarios } from './scenarios/index.ts'

const { check } = await loadChecks()
const clock = { now: () => new Date(0), elapsedMs: () => 0 }
const deviations = allDeviations(description)

describe('the harness', () => {
  it('finds every deviation, by its name, and is silent about every harmless variation', async () => {
    const report = await selfcheck({
      scenarios,
      openTarget: async () => mockTarget(),
      run: { clock, check },
      deviations,
      variations,
    })
    const found = report.deviations.filter(({ outcome }) => outcome === 'found')
    expect(report.deviations.filter(({ outcome }) => outcome === 'missed' || outcome === 'misnamed')).toEqual(
      [],
    )
    expect(report.variations.filter(({ alarms }) => alarms.length > 0)).toEqual([])
    expect(report.variations.filter(({ changed }) => changed === 0)).toEqual([])
    expect(found.length).toBeGreaterThanOrEqual(60)
  }, 120_000)
})
