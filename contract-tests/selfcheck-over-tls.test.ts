import { expect, it } from 'vitest'
import { description } from '../openapi/testing/description.ts'
import { loadChecks } from './harness/checks/load-checks.ts'
import { realClock } from './harness/harness-clock.ts'
import { allDeviations } from './harness/selfcheck/corpus.ts'
import { inapplicable } from './harness/selfcheck/inapplicable.ts'
import { selfcheck } from './harness/selfcheck/selfcheck.ts'
import { variations } from './harness/selfcheck/variations.ts'
import { numbersOf, verdictOf } from './harness/selfcheck/verdict.ts'
import { behindProxy, PlatformsBehindProxy } from './harness/testing/behind-proxy.ts'
import { scenarios } from './scenarios/index.ts'

const { check } = await loadChecks()

it('finds every deviation that a proxy seeds into a platform behind TLS, and is silent about what is harmless', async () => {
  await using here = await behindProxy()
  await using usual = new PlatformsBehindProxy()
  await using reseeded = new PlatformsBehindProxy({ seed: 'another' })
  const deviations = allDeviations(description)
  const report = await selfcheck({
    scenarios,
    openTarget: () => here.target(),
    openVaried: (options) => (options ? reseeded : usual).target(),
    run: { clock: realClock, check },
    deviations,
    variations,
  })
  expect(verdictOf([report]).problems).toEqual([])
  const all = deviations.length - inapplicable.size
  expect(numbersOf(report)).toBe(
    `${all} of ${all} deviations found, ${variations.length} of ${variations.length} harmless variations passed in silence`,
  )
}, 300_000)
