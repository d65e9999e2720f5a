import { beforeAll, describe, expect, it } from 'vitest'
import { PLATFORM_LIMITS } from '../../../client/requests/scopes.ts'
import { scenarios } from '../../scenarios/index.ts'
import { statedIn } from '../../stated.ts'
import { realClock } from '../harness-clock.ts'
import { EXPIRED_DAYS, FRESH_DAYS } from '../replay/age.ts'
import { type RunReport, runScenarios } from '../run-report.ts'
import { liveHere } from '../second-server/live-here.ts'
import { selectScenarios } from '../select-scenarios.ts'
import { ledgerPath } from './account.ts'
import { DEFAULT_DAY_LIMIT } from './allowance.ts'
import { readLedger } from './ledger.ts'
import type { LedgerEntry } from './ledger-entries.ts'
import { DEFAULT_LONGEST_MS, type LiveRunOptions } from './live-run.ts'

const stated = statedIn('live.md')

interface Told {
  readonly report: RunReport
  readonly ledger: readonly LedgerEntry[]
}

/** What a step of the page does, told to the second server. */
async function told(only: readonly string[], options: Partial<LiveRunOptions>): Promise<Told> {
  // What is counted here does not depend on how often a scenario looks whether something is over.
  await using here = await liveHere({ latencyMs: () => 0, pace: 'per-request:30s' })
  const target = await here.target(options)
  const report = await runScenarios(selectScenarios(scenarios, only), target, {
    clock: realClock,
    check: () => [],
  })
  await target.close()
  return { report, ledger: readLedger(ledgerPath(here.stateFolder, here.profile)) }
}

const made = ({ ledger }: Told, kind: string): number =>
  ledger.filter((entry) => entry.type === 'created' && entry.kind === kind).length

const methods = ({ report }: Told): string[] =>
  report.results.flatMap(({ exchanges }) => exchanges.map(({ request }) => request.method))

describe('docs/live.md', () => {
  let reading: Told
  let creating: Told
  let submitting: Told
  beforeAll(async () => {
    reading = await told(['cost:free'], { allowCreate: false, maxCost: 0 })
    creating = await told(['cost:free', 'cost:creates'], { maxCost: 0 })
    submitting = await told([], {})
    for (const { report } of [reading, creating, submitting]) expect(report.summary.failed).toBe(0)
  }, 120_000)

  it('says how many requests the first look sends, which only read', () => {
    expect(new Set(methods(reading))).toEqual(new Set(['GET']))
    const requests = stated('costs nothing, changes nothing: some # requests')
    expect(Math.abs(methods(reading).length - requests)).toBeLessThan(requests / 20)
    expect(reading.ledger.map(({ type }) => type)).toEqual(['run', 'run-over'])
  })

  it('says how many jobs and files come and go when nothing is submitted', () => {
    expect(made(creating, 'job')).toBe(stated('nothing costs money. # saved jobs'))
    expect(made(creating, 'file')).toBe(stated('saved jobs and # small files'))
    expect(creating.ledger.filter(({ type }) => type === 'submit')).toEqual([])
  })

  it('says how many jobs are submitted, and what is set aside for them', () => {
    const given = new Map<string, number[]>()
    for (const entry of submitting.ledger) {
      if (entry.type === 'submit') given.set(entry.id, [...(given.get(entry.id) ?? []), entry.worst.amount])
      if (entry.type === 'not-submitted') given.delete(entry.id)
    }
    const amounts = [...given.values()].flat()
    expect(amounts).toHaveLength(stated('5. Submit jobs. # jobs are submitted'))
    const each = stated('second server charges, # is set aside for each')
    expect(each).toBeCloseTo(2 * stated('At # a core-hour'), 5)
    const double = stated('is set aside for each of them, # for one of two commands')
    expect(amounts.filter((amount) => amount !== each)).toEqual([double])
    const together = stated('for one of two commands, # for all together')
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(together, 5)
  })

  it('gives limits that are enough for what it says, on the day of the first time', () => {
    const together = stated('for one of two commands, # for all together')
    const [once, twice] = [
      stated('--allow-create --max-cost #\n'),
      stated('--allow-create --max-cost # --record'),
    ]
    expect(once).toBeGreaterThan(together)
    expect(twice).toBeGreaterThan(2 * together)
    const day = stated('localscale contract allow tests --day-limit #\n')
    expect(day).toBeGreaterThan(3 * together)
    expect(day).toBe(DEFAULT_DAY_LIMIT)
  })

  it('states the limits that are', () => {
    expect(stated('or when `--max-minutes` (#) are over') * 60_000).toBe(DEFAULT_LONGEST_MS)
    expect(stated('keep below the published limits (# %)')).toBeCloseTo(
      (PLATFORM_LIMITS.user.perSecond * 3_600 * 100) / 7_200,
      5,
    )
    expect(stated('Evidence is fresh for # days')).toBe(FRESH_DAYS)
    expect(stated('then stale, and after # days none any more')).toBe(EXPIRED_DAYS)
  })
})
