import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PLATFORM_LIMITS } from '../../../client/requests/scopes.ts'
import { aClock } from '../../../client/test-support/clock.ts'
import { scenarios } from '../../scenarios/index.ts'
import { loadChecks } from '../checks/load-checks.ts'
import { fetchOver } from '../fetch-over.ts'
import { realClock } from '../harness-clock.ts'
import { type RunReport, runScenarios } from '../run-report.ts'
import { type LiveHere, liveHere, OTHER_LIVE_API_KEY } from '../second-server/live-here.ts'
import { layered } from '../transport.ts'
import type { LiveRunOptions } from './live-run.ts'

/** Of a network between continents. */
const LATENCY_MS = { least: 40, most: 80 }

const whoAmI = scenarios.filter(({ id }) => id === 'access/who-am-i')

let here: LiveHere
let clock: ReturnType<typeof aClock>
/** When requests came to the server, in milliseconds after the first. */
let arrived: number[]
beforeEach(async () => {
  arrived = []
  // What the run waits, passes on the platform too.
  clock = aClock((ms) => here.server.rescale.world().advance(ms))
  const begun = clock.now()
  here = await liveHere({
    latencyMs: () => 0,
    beforeAnswer: () => void arrived.push(clock.now() - begun),
  })
})
afterEach(() => here[Symbol.asyncDispose]())

const me = () => `${here.server.url}/api/v2/users/me/`
const headers = () => ({ authorization: here.profile.authorization })

async function told(options: Partial<LiveRunOptions>): Promise<RunReport> {
  const { check } = await loadChecks()
  const target = await here.target({ clock, ...options })
  try {
    return await runScenarios(whoAmI, target, { clock: realClock, check })
  } finally {
    await target.close()
  }
}

describe('the rate of a live run', () => {
  it('stays below the limits, whatever scenarios ask for', async () => {
    const limit = { perSecond: 2, burst: 3 }
    const run = await here.begin({
      clock,
      limits: { user: limit, 'job-submission': limit, 'jobs-usage': limit },
    })
    const fetch = fetchOver(layered(run.transport, [run.guard]))
    for (let request = 0; request < 7; request += 1) await fetch(me(), { headers: headers() })
    await run.close()
    expect(arrived).toEqual([0, 0, 0, 500, 1_000, 1_500, 2_000])
  })

  it('waits where the platform is asked too much, and reports nothing', async () => {
    const { throttling } = here.server.rescale.world()
    await usedUp()
    here.server.rescale.world().advance('55m')
    const { results, summary } = await told({})
    expect(results.map(({ outcome, failure }) => [outcome, failure])).toEqual([['passed', undefined]])
    expect(summary.findings).toBe(0)
    expect(throttling.report().find(({ scope }) => scope === 'user')?.refused).toBeGreaterThan(0)
    // The rest of the hour.
    const waited = clock.slept.reduce((sum, ms) => sum + ms, 0)
    expect(waited).toBeGreaterThan(200_000)
    expect(waited).toBeLessThan(400_000)
  })

  it('lets the whole suite pass on a platform with its limits and the latency of a network, which refuses nothing', async () => {
    await here[Symbol.asyncDispose]()
    here = await liveHere({
      otherApiKey: OTHER_LIVE_API_KEY,
      latencyMs: (request) => LATENCY_MS.least + ((request * 7) % (LATENCY_MS.most - LATENCY_MS.least)),
      sleep: (ms) => clock.sleep(ms),
    })
    const { throttling } = here.server.rescale.world()
    throttling.turnOn()
    const { check } = await loadChecks()
    const target = await here.target({ clock, limits: PLATFORM_LIMITS, other: OTHER_LIVE_API_KEY })
    const { results, summary } = await runScenarios(scenarios, target, { clock: realClock, check })
    await target.close()
    const told = results.filter(({ outcome }) => outcome !== 'not-run')
    expect(told.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect(told).toHaveLength(scenarios.filter(({ notOnLive }) => notOnLive === undefined).length)
    expect(summary.findings).toBe(0)
    const used = throttling.report().map(({ scope, used, refused }) => [scope, used > 0, refused])
    expect(used).toEqual([
      ['user', true, 0],
      ['job-submission', true, 0],
      ['jobs-usage', true, 0],
    ])
    // Faster it may not be: more than the burst that a scope has was asked for.
    expect(clock.slept.some((ms) => ms > LATENCY_MS.most)).toBe(true)
  })

  it('could not run what the platform takes no requests for as long as nobody waits', async () => {
    await usedUp()
    const { results, summary } = await told({})
    expect(results.map(({ outcome, reason }) => [outcome, reason?.kind])).toEqual([
      ['not-run', 'unreachable'],
    ])
    expect(results[0]?.reason?.text).toMatch(/takes no requests of user for \d+ s/)
    expect(summary.findings).toBe(0)
    expect(clock.slept).toEqual([])
  })
})

/** Other programs of the user have asked for as much as they may in an hour. */
async function usedUp(): Promise<void> {
  const { rescale } = here.server
  rescale.world().throttling.turnOn({ user: 5 })
  for (let request = 0; request < 5; request += 1) await rescale.fetch(me(), { headers: headers() })
}
