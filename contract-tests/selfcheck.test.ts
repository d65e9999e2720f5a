import { beforeAll, describe, expect, it } from 'vitest'
import { sharedCatalogues } from '../mock-server/index.ts'
import { description } from '../openapi/testing/description.ts'
import { loadChecks } from './harness/checks/load-checks.ts'
import type { ScenarioResult } from './harness/scenario-result.ts'
import { hasAnswer } from './harness/seen-exchange.ts'
import { allDeviations } from './harness/selfcheck/corpus.ts'
import type { Deviation } from './harness/selfcheck/deviation.ts'
import { inapplicable } from './harness/selfcheck/inapplicable.ts'
import { platformClasses, relationRules } from './harness/selfcheck/kinds.ts'
import { type SelfcheckReport, selfcheck } from './harness/selfcheck/selfcheck.ts'
import { variations } from './harness/selfcheck/variations.ts'
import { verdictOf } from './harness/selfcheck/verdict.ts'
import { mockTarget } from './harness/targets/mock-target.ts'
import { type Judged, redoclyProblems } from './harness/testing/redocly-drift.ts'
import { scenarios } from './scenarios/index.ts'

const { check } = await loadChecks()

const catalogue = sharedCatalogues()
const judged: Judged[] = []
let report: SelfcheckReport

function judge({ exchanges, findings }: ScenarioResult, deviation: Deviation | null): void {
  // What exchanges say of each other, no validator of single messages can find.
  if (deviation?.rule !== undefined) return
  // Also what a scenario does on purpose, and is told as a remark.
  const found = new Set(findings.filter((one) => one.class !== 'not-checked').map(({ seq }) => seq))
  const by = deviation?.id ?? 'nothing'
  // What scenarios send to where nothing is described is answered as is described for that, which it does not know.
  for (const exchange of exchanges.filter(hasAnswer).filter(({ operationId }) => operationId !== null))
    judged.push({ exchange, ours: found.has(exchange.seq), by })
}

describe('the harness', () => {
  beforeAll(async () => {
    report = await selfcheck({
      scenarios,
      openTarget: async (options) => mockTarget({ catalogue, ...options }),
      run: { clock: { now: () => new Date(0), elapsedMs: () => 0 }, check },
      deviations: allDeviations(description),
      variations,
      onTold: judge,
    })
  }, 300_000)

  it('finds every deviation that is seeded by its name, and says nothing about what a platform may do', () => {
    expect(verdictOf([report]).problems).toEqual([])
  })

  it('names each deviation that cannot be seeded, with a reason, and no other', () => {
    const unseeded = report.deviations.filter(({ outcome }) => outcome === 'not-applicable')
    expect(unseeded.map(({ id }) => id).sort()).toEqual([...inapplicable.keys()].sort())
  })

  it('is tried with every class of finding that a platform can give rise to, and every relation', () => {
    const seeded = report.deviations.filter(({ outcome }) => outcome === 'found').map(({ id }) => id)
    const tried = allDeviations(description).filter(({ id }) => seeded.includes(id))
    const classes = new Set(tried.map((one) => one.class))
    expect(platformClasses.filter((one) => !classes.has(one))).toEqual([])
    const rules = new Set(tried.map(({ rule }) => rule))
    expect(relationRules.filter((one) => !rules.has(one))).toEqual([])
  })

  it('finds all that a second validator finds', async () => {
    const problems = await redoclyProblems(judged)
    const onlyTheirs = problems
      .filter(({ exchangeIndex }) => judged[exchangeIndex]?.ours !== true)
      .map(({ exchangeIndex, ruleId, message }) => `${judged[exchangeIndex]?.by}: ${ruleId} ${message}`)
    expect(onlyTheirs).toEqual([])
    // It must have looked: of what is seeded, it finds some.
    expect(problems.length).toBeGreaterThan(5)
  }, 120_000)
})
