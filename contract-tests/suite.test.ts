import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadChecks } from './harness/checks/load-checks.ts'
import { realClock } from './harness/harness-clock.ts'
import { loadDescribedBodies } from './harness/naming/described-bodies.ts'
import { readCassettes } from './harness/recording/cassette-file.ts'
import { runScenario } from './harness/run-scenario.ts'
import { countsAsFinding } from './harness/scenario-result.ts'
import type { Target } from './harness/target.ts'
import { mockHttpTarget } from './harness/targets/mock-http-target.ts'
import { mockTarget } from './harness/targets/mock-target.ts'
import { replayTarget } from './harness/targets/replay-target.ts'
import { liveHere, OTHER_LIVE_API_KEY } from './harness/testing/live-here.ts'
import { scenarios } from './scenarios/index.ts'

const { check } = await loadChecks()

const targets = [
  { name: 'the mock in this process', open: async () => mockTarget() },
  { name: 'a mock behind a URL', open: () => mockHttpTarget() },
  { name: 'a second server over TLS, as live', open: liveSecondServer },
  { name: 'the recordings of that server', open: recordings },
]

/** Everything that stands before a real account stands before this one: guard, ledger, budget. */
async function liveSecondServer(): Promise<Target> {
  const here = await liveHere({ otherApiKey: OTHER_LIVE_API_KEY })
  const target = await here.target({ other: OTHER_LIVE_API_KEY })
  const close = async (): Promise<void> => {
    await target.close()
    await here[Symbol.asyncDispose]()
  }
  return { ...target, close }
}

async function recordings(): Promise<Target> {
  const folder = fileURLToPath(new URL('recordings', import.meta.url))
  const [bodies, cassettes] = await Promise.all([loadDescribedBodies(), readCassettes(folder)])
  return replayTarget({ cassettes, bodies, folder, now: () => new Date() })
}

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
    const told = { outcome, failure, reason, findings: findings.filter(countsAsFinding) }
    const notForIt = scenario.notOnLive !== undefined && (target.kind === 'live' || target.kind === 'replay')
    expect(told).toEqual(
      notForIt
        ? {
            outcome: 'not-run',
            reason: { kind: 'not-for-this-target', text: scenario.notOnLive },
            findings: [],
          }
        : { outcome: 'passed', findings: [] },
    )
  })
})
