import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadChecks } from './harness/checks/load-checks.ts'
import { coverageGrid } from './harness/coverage-grid.ts'
import type { Finding } from './harness/finding.ts'
import { realClock } from './harness/harness-clock.ts'
import { loadDescribedBodies } from './harness/naming/described-bodies.ts'
import type { Cassette } from './harness/recording/cassette.ts'
import { recordedScenarios } from './harness/recording/cassette-file.ts'
import { readCassettes } from './harness/recording/read-cassettes.ts'
import { runScenario } from './harness/run-scenario.ts'
import { countsAsFinding } from './harness/scenario-result.ts'
import { liveHere, OTHER_LIVE_API_KEY } from './harness/second-server/live-here.ts'
import { hasAnswer } from './harness/seen-exchange.ts'
import type { Target } from './harness/target.ts'
import { mockHttpTarget } from './harness/targets/mock-http-target.ts'
import { mockTarget } from './harness/targets/mock-target.ts'
import { replayTarget } from './harness/targets/replay-target.ts'
import { toldOtherwise } from './recorded-alike.ts'
import { scenarios } from './scenarios/index.ts'
import { type NotChecked, notChecked } from './scenarios/not-checked.ts'
import { unreachable } from './scenarios/unreachable.ts'

const { check } = await loadChecks()
const recordingsFolder = fileURLToPath(new URL('recordings', import.meta.url))
const grid = coverageGrid({ scenarios, unreachable, recorded: await recordedScenarios(recordingsFolder) })

const targets = [
  { name: 'the mock in this process', open: async () => mockTarget() },
  { name: 'a mock behind a URL', open: () => mockHttpTarget() },
  { name: 'a second server over TLS, as live', open: liveSecondServer },
  { name: 'the recordings of that server', open: recordings },
]

/**
 * Everything that stands before a real account stands before this one: guard, ledger, budget. What it is told is
 * recorded, to be compared with what is committed.
 */
async function liveSecondServer(): Promise<Target> {
  const here = await liveHere({ otherApiKey: OTHER_LIVE_API_KEY })
  const recordTo = join(here.home, 'recordings')
  const target = await here.target({ other: OTHER_LIVE_API_KEY, recordTo, runs: 1 })
  const close = async (): Promise<void> => {
    await target.close()
    recordedAnew = await readCassettes(recordTo)
    await here[Symbol.asyncDispose]()
  }
  return { ...target, close }
}

let recordedAnew: ReadonlyMap<string, Cassette> = new Map()

async function recordings(): Promise<Target> {
  const [bodies, cassettes] = await Promise.all([loadDescribedBodies(), readCassettes(recordingsFolder)])
  return replayTarget({ cassettes, bodies, folder: recordingsFolder, now: () => new Date() })
}

describe.each(targets)('told to $name', ({ open }) => {
  let target: Target
  const met = new Set<string>()
  const unchecked = new Set<string>()
  let tookMs = 0
  beforeAll(async () => {
    target = await open()
  })
  afterAll(() => target.close())

  it.each(scenarios)('$id: $title', async (scenario) => {
    const result = await runScenario(scenario, target, { clock: realClock, check })
    const { outcome, failure, reason, findings, exchanges, durationMs } = result
    tookMs += durationMs
    for (const { operationId, response } of exchanges.filter(hasAnswer))
      met.add(`${operationId ?? 'outside'} ${response.status}`)
    for (const one of findings) if (one.class === 'not-checked') unchecked.add(bodyOf(one))
    const told = { outcome, failure, reason, findings: findings.filter(countsAsFinding) }
    const notForIt = scenario.notOnLive !== undefined && (target.kind === 'live' || target.kind === 'replay')
    expect(told).toEqual(
      notForIt
        ? {
            outcome: 'not-run',
            reason: { ...scenario.notOnLive, leftOut: true },
            findings: [],
          }
        : { outcome: 'passed', findings: [] },
    )
  })

  it('meets, all scenarios together, exactly the answers that the coverage grid says it meets there', () => {
    const covered = grid
      .filter(({ targets }) => targets[target.kind].state === 'covered')
      .map(({ operationId, status }) => `${operationId} ${status}`)
    expect(covered.length).toBeGreaterThan(100)
    expect([...met].sort()).toEqual(covered.sort())
    // Whoever changes a line waits no longer for the mock.
    if (target.kind === 'mock') expect(tookMs).toBeLessThan(30_000)
  })

  it('looks into every body, all scenarios together, but those that are listed with a reason', () => {
    expect([...unchecked].sort()).toEqual(notChecked.map(bodyOf).sort())
  })
})

const bodyOf = ({ operationId, status, side, message }: NotChecked | Finding): string =>
  `${operationId} ${status} ${side}: ${message}`

it('the recordings in the repository say what the second server says now, where that does not change each time', async () => {
  const committed = await readCassettes(recordingsFolder)
  expect([...recordedAnew.keys()].sort()).toEqual([...committed.keys()].sort())
  const otherwise = [...committed].flatMap(([id, cassette]) => {
    const fresh = recordedAnew.get(id)
    return fresh ? toldOtherwise(cassette, fresh).map((what) => `${id}: ${what}`) : []
  })
  expect(otherwise, 'npm run contract:record').toEqual([])
})
