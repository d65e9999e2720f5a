import { expect, it } from 'vitest'
import { description } from '../openapi/testing/description.ts'
import { loadChecks } from './harness/checks/load-checks.ts'
import { realClock } from './harness/harness-clock.ts'
import { allDeviations } from './harness/selfcheck/corpus.ts'
import { inapplicable } from './harness/selfcheck/inapplicable.ts'
import { selfcheck } from './harness/selfcheck/selfcheck.ts'
import { variations } from './harness/selfcheck/variations.ts'
import { numbersOf, verdictOf } from './harness/selfcheck/verdict.ts'
import { aloneBehindProxy, behindProxy } from './harness/testing/behind-proxy.ts'
import { scenarios } from './scenarios/index.ts'

const { check } = await loadChecks()

/** They count on the quirks of the mock; what takes a server that was begun otherwise cannot run at all. */
const countsOnOtherQuirks = new Set(['job-life/submit-and-watch', 'job-life/too-late'])

it('finds every deviation that a proxy seeds into a platform behind TLS, and is silent about what is harmless', async () => {
  await using here = await behindProxy()
  const unclean: string[] = []
  const deviations = allDeviations(description)
  const report = await selfcheck({
    scenarios,
    openTarget: () => here.target(),
    openVaried: aloneBehindProxy,
    run: { clock: realClock, check },
    deviations,
    variations,
    onUnclean: (scenario) => unclean.push(scenario),
  })
  expect(unclean.filter((id) => !countsOnOtherQuirks.has(id))).toEqual([])
  expect(verdictOf([report]).problems).toEqual([])
  const all = deviations.length - inapplicable.size
  expect(numbersOf(report)).toBe(
    `${all} of ${all} deviations found, ${variations.length} of ${variations.length} harmless variations passed in silence`,
  )
}, 600_000)
