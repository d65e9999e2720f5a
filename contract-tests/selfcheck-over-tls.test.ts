import { expect, it } from 'vitest'
import { description } from '../openapi/testing/description.ts'
import { loadChecks } from './harness/checks/load-checks.ts'
import { realClock } from './harness/harness-clock.ts'
import { allDeviations } from './harness/selfcheck/corpus.ts'
import type { Deviation } from './harness/selfcheck/deviation.ts'
import { selfcheck } from './harness/selfcheck/selfcheck.ts'
import { allVariations } from './harness/selfcheck/variations.ts'
import { liveHere } from './harness/testing/live-here.ts'
import { startMutatingProxy } from './harness/testing/mutating-proxy.ts'
import { scenarios } from './scenarios/index.ts'

const { check } = await loadChecks()

/** One of each kind: all of them, on every group of operations, are seeded in the process by selfcheck.test.ts. */
function oneOfEachKind(): Deviation[] {
  const kinds = new Map<string, Deviation>()
  for (const deviation of allDeviations(description)) {
    const kind = `${deviation.class} ${deviation.rule ?? ''}`
    if (!kinds.has(kind) && /^(jobs|files|users|outside|clusters|pages of (Files|Jobs))/.test(deviation.id))
      kinds.set(kind, deviation)
  }
  return [...kinds.values()]
}

/** Quick ones: each is told again for every deviation, with real latency. */
const quick = scenarios.filter(({ id }) => !/^(limits|storage|runs|job-life)\//.test(id))

/** They count on a clock that runs slower, or on other quirks. What the guard of a real account keeps back is told as such. */
const mayBeLeftOut = ['job-life/submit-and-watch', 'job-life/too-late']

it('finds deviations that a proxy seeds into a platform behind TLS, and is silent about what is harmless', async () => {
  const proxy = await startMutatingProxy()
  await using here = await liveHere({}, proxy)
  const leftOut: string[] = []
  const report = await selfcheck({
    scenarios: quick,
    async openTarget() {
      const target = await here.target()
      const close = () => {
        // What is left on the account is looked for on the platform as it is.
        proxy.spoilWith(null)
        return target.close()
      }
      return { ...target, close }
    },
    run: { clock: realClock, check },
    deviations: oneOfEachKind(),
    variations: [allVariations],
    seed: (target, spoiler, onSpoiled) => {
      proxy.spoilWith((exchange) => {
        const spoiled = spoiler(exchange)
        if (spoiled) onSpoiled()
        return spoiled
      })
      return target
    },
    onUnclean: (scenario, said) => {
      if (!said.every((text) => text.includes('was not sent to the platform'))) leftOut.push(scenario)
    },
  })
  expect(leftOut.filter((id) => !mayBeLeftOut.includes(id))).toEqual([])
  const applied = report.deviations.filter(({ outcome }) => outcome !== 'not-applicable')
  expect(applied.filter(({ outcome }) => outcome !== 'found')).toEqual([])
  expect(applied.length).toBeGreaterThanOrEqual(15)
  expect(report.variations).toMatchObject([{ alarms: [] }])
}, 240_000)
