import { beforeAll, describe, expect, it } from 'vitest'
import { sharedCatalogues } from '../mock-server/index.ts'
import { description } from '../openapi/testing/description.ts'
import { loadChecks } from './harness/checks/load-checks.ts'
import type { Json } from './harness/json.ts'
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
import { type Judged, REDOCLY_ORIGIN, redoclyProblems } from './harness/testing/redocly-drift.ts'
import { isAlsoOurs } from './harness/testing/same-as-ours.ts'
import { seen } from './harness/testing/seen.ts'
import { scenarios } from './scenarios/index.ts'

const { check, checkExchange } = await loadChecks()

const catalogue = sharedCatalogues()
const judged: Judged[] = []
let report: SelfcheckReport

function judge({ exchanges, findings }: ScenarioResult, deviation: Deviation | null): void {
  // What exchanges say of each other, no validator of single messages can find.
  if (deviation?.rule !== undefined) return
  const by = deviation?.id ?? 'nothing'
  // What scenarios send to where nothing is described is answered as is described for that, which it does not know.
  // Also what a scenario does on purpose, and is told as a remark.
  for (const exchange of exchanges.filter(hasAnswer).filter(({ operationId }) => operationId !== null))
    judged.push({ exchange, ours: findings.filter(({ seq }) => seq === exchange.seq), by })
}

/** What no platform can be made to do: requests that were taken though they are not as described. */
function ofRequests(): Judged[] {
  const device = { name: 's', storageSize: 10, hardware: { walltime: 1 } }
  const create = (sent: Json) => seen(`POST ${REDOCLY_ORIGIN}/api/v2/storage-devices/`, { sent, status: 201 })
  const list = (query: string) => seen(`GET ${REDOCLY_ORIGIN}/api/v2/jobs/?${query}`)
  const all = {
    'an unknown parameter': list('colour=red'),
    'no such choice': list('state=half'),
    'a parameter of another type': list('page=two'),
    'a field of another type': create({ ...device, storageSize: '10' }),
    'a field that is too small': create({ ...device, storageSize: 0 }),
    'a field too few': create({ storageSize: 10 }),
    'no body': seen(`POST ${REDOCLY_ORIGIN}/api/v2/storage-devices/`, { status: 201 }),
    'a path that is not described': seen(`GET ${REDOCLY_ORIGIN}/api/v2/rockets/`, { body: {} }),
    'a method that is not described': seen(`PATCH ${REDOCLY_ORIGIN}/api/v2/jobs/`, { body: {} }),
  }
  return Object.entries(all).map(([by, exchange]) => ({
    exchange: exchange as Judged['exchange'],
    ours: checkExchange(exchange),
    by,
  }))
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

  it('finds all that a second validator finds, each at the same place', async () => {
    const problems = await redoclyProblems([...judged, ...ofRequests()])
    const onlyTheirs = problems
      .filter((problem) => !isAlsoOurs(problem))
      .map(({ about, ruleId, message }) => `${about.by}: ${ruleId} ${message}`)
    expect(onlyTheirs).toEqual([])
    // Nor is anything ours that we say of another place, or by another name.
    const moved = { pointer: '/elsewhere', class: 'order' } as const
    for (const [key, value] of Object.entries(moved)) {
      const otherwise = (about: Judged) => ({
        ...about,
        ours: about.ours.map((one) => ({ ...one, [key]: value })),
      })
      const still = problems.filter((problem) => isAlsoOurs({ ...problem, about: otherwise(problem.about) }))
      expect(still).toEqual([])
    }
    // It must have looked: of what is seeded into answers, it finds some, and of requests all.
    expect(problems.filter(({ side }) => side === 'response').length).toBeGreaterThan(100)
    const requests = new Set(problems.filter(({ side }) => side === 'request').map(({ about }) => about.by))
    expect([...requests]).toEqual(ofRequests().map(({ by }) => by))
  }, 120_000)
})
