import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { scenarios as suite } from '../../scenarios/index.ts'
import { loadChecks } from '../checks/load-checks.ts'
import { realClock } from '../harness-clock.ts'
import { readCassettes } from '../recording/cassette-file.ts'
import { runScenarios } from '../run-report.ts'
import { liveHere } from '../testing/live-here.ts'
import { replayTarget } from './replay-target.ts'

/** One that reads, one that makes, one that costs; contract-tests/suite.test.ts tells all of them. */
const scenarios = suite.filter(({ id }) =>
  ['access/who-am-i', 'files/lines', 'job-life/submit-and-watch'].includes(id),
)

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

it('tells the suite to a real account, takes everything away again, and tells the recordings the same', async () => {
  await using here = await liveHere()
  const recordTo = mkdtempSync(join(tmpdir(), 'localscale-recordings-'))
  folders.push(recordTo)
  const { check } = await loadChecks()
  const target = await here.target({ recordTo })
  const first = await runScenarios(scenarios, target, { clock: realClock, check })
  const second = await runScenarios(scenarios, target, { clock: realClock, check })
  await target.close()
  expect(first.results.map(({ id, outcome, failure }) => ({ id, outcome, failure }))).toEqual(
    scenarios.map(({ id }) => ({ id, outcome: 'passed', failure: undefined })),
  )
  expect(second.summary.failed).toBe(0)
  const cassettes = await readCassettes(recordTo)
  expect([...cassettes.keys()].sort()).toEqual(scenarios.map(({ id }) => id).sort())
  const replayed = await runScenarios(
    scenarios,
    replayTarget({ cassettes, bodies: here.bodies, now: () => new Date(), folder: recordTo }),
    { clock: realClock, check },
  )
  expect(replayed.results.map(({ id, outcome, failure }) => ({ id, outcome, failure }))).toEqual(
    scenarios.map(({ id }) => ({ id, outcome: 'passed', failure: undefined })),
  )
  for (const name of readdirSync(recordTo, { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.json'),
  ))
    expect(readFileSync(join(recordTo, name), 'utf8')).not.toContain(here.server.apiKey)
})

it('only reads, unless more was allowed', async () => {
  await using here = await liveHere()
  const target = await here.target({ allowCreate: false, maxCost: 0 })
  const { check } = await loadChecks()
  const { results } = await runScenarios(scenarios, target, { clock: realClock, check })
  await target.close()
  expect(results.map(({ id, outcome, reason }) => [id, outcome, reason?.kind])).toEqual([
    ['access/who-am-i', 'passed', undefined],
    ['files/lines', 'not-run', 'not-allowed'],
    ['job-life/submit-and-watch', 'not-run', 'not-allowed'],
  ])
})

it('records nothing that nobody asked to record, and says what was not recorded', async () => {
  await using here = await liveHere()
  const target = replayTarget({
    cassettes: new Map(),
    bodies: here.bodies,
    now: () => new Date(),
    folder: 'nowhere',
  })
  const { check } = await loadChecks()
  const { results, exitCode } = await runScenarios(scenarios, target, { clock: realClock, check })
  expect(results.map(({ reason }) => reason?.kind)).toEqual(['not-recorded', 'not-recorded', 'not-recorded'])
  expect(exitCode).toBe(2)
})
