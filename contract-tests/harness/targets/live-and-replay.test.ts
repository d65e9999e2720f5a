import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { scenarios as suite } from '../../scenarios/index.ts'
import { loadChecks } from '../checks/load-checks.ts'
import { realClock } from '../harness-clock.ts'
import { ledgerPath } from '../live/account.ts'
import { readLedger } from '../live/ledger.ts'
import { readCassettes } from '../recording/read-cassettes.ts'
import { type RunReport, runScenarios } from '../run-report.ts'
import { type LiveHere, liveHere } from '../second-server/live-here.ts'
import { hasAnswer } from '../seen-exchange.ts'
import { replayTarget } from './replay-target.ts'

/** One that reads, one that makes, one that costs; contract-tests/suite.test.ts tells all of them. */
const scenarios = suite.filter(({ id }) =>
  ['access/who-am-i', 'files/lines', 'job-life/submit-and-watch'].includes(id),
)

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Names of everything on the account, as its owner sees it. */
async function onAccount({ server, profile }: LiveHere): Promise<string[]> {
  const names = ['jobs', 'files'].map(async (what) => {
    const answer = await server.rescale.fetch(`${server.url}/api/v2/${what}/?page_size=100`, {
      headers: { authorization: profile.authorization },
    })
    const { results } = (await answer.json()) as { results: { name: string }[] }
    return results.map(({ name }) => `${what} ${name}`)
  })
  return (await Promise.all(names)).flat()
}

/** All files below a folder, compressed ones opened. */
const textsIn = (folder: string): [name: string, text: string][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name))
      return [name, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')]
    })

/** What was said: which operation was answered how, in order. */
const saidIn = ({ results }: RunReport): string[][] =>
  results.map(({ id, exchanges }) => [
    id,
    ...exchanges
      .filter(hasAnswer)
      .map(({ operationId, response }) => `${operationId ?? 'outside'} ${response.status}`),
  ])

it('tells the suite to a real account, takes everything away again, and tells the recordings the same', async () => {
  await using here = await liveHere()
  const recordTo = mkdtempSync(join(tmpdir(), 'localscale-recordings-'))
  folders.push(recordTo)
  const { check } = await loadChecks()
  const before = await onAccount(here)
  const target = await here.target({ recordTo })
  const first = await runScenarios(scenarios, target, { clock: realClock, check })
  const second = await runScenarios(scenarios, target, { clock: realClock, check })
  // Each scenario leaves the account as it found it, before anybody closes anything.
  expect(await onAccount(here)).toEqual(before)
  await target.close()
  const ledger = readLedger(ledgerPath(here.stateFolder, here.profile))
  const made = ledger.flatMap((entry) => (entry.type === 'created' ? [entry.id] : []))
  expect(made.length).toBeGreaterThan(3)
  const deleted = new Set(ledger.flatMap((entry) => (entry.type === 'deleted' ? [entry.id] : [])))
  expect(made.filter((id) => !deleted.has(id))).toEqual([])
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
  expect(saidIn(replayed)).toEqual(saidIn(first))
  for (const [name, text] of textsIn(recordTo)) expect(text, name).not.toContain(here.server.apiKey)
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

it('could not run what a platform did not answer, which is no disagreement', async () => {
  await using here = await liveHere()
  const recordTo = mkdtempSync(join(tmpdir(), 'localscale-recordings-'))
  folders.push(recordTo)
  const target = await here.target({
    recordTo,
    runs: 1,
    transport: (request) =>
      request.url.endsWith('/users/me/')
        ? Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
        : here.wire.transport(request),
  })
  const { check } = await loadChecks()
  const { results, exitCode, summary } = await runScenarios(scenarios, target, { clock: realClock, check })
  await target.close()
  expect(results.map(({ id, outcome, reason }) => [id, outcome, reason?.kind])).toEqual([
    ['access/who-am-i', 'not-run', 'unreachable'],
    ['files/lines', 'passed', undefined],
    ['job-life/submit-and-watch', 'passed', undefined],
  ])
  expect(results[0]?.reason?.text).toContain('cannot be reached (ECONNREFUSED: connect)')
  expect([exitCode, summary.findings]).toEqual([2, 0])
  expect(textsIn(recordTo).map(([name]) => name)).toEqual([
    'lines.cassette.json',
    'submit-and-watch.cassette.json',
  ])
})

it('records nothing that nobody asked to record, and says what was not recorded', async () => {
  await using here = await liveHere()
  const { check } = await loadChecks()
  const target = await here.target()
  const told = await runScenarios(scenarios, target, { clock: realClock, check })
  await target.close()
  expect(told.summary).toMatchObject({ passed: 3, failed: 0 })
  // Ledger and allowances are all that a run leaves, and hold no exchange.
  const left = textsIn(here.home)
  expect(left.map(([name]) => name).sort()).toEqual(['allowed.json', 'apiconfig', 'ledger.jsonl'])
  for (const [, text] of left) expect(text).not.toContain('"response"')
  const cassettes = await readCassettes(here.home)
  expect(cassettes.size).toBe(0)
  const replayed = await runScenarios(
    scenarios,
    replayTarget({ cassettes, bodies: here.bodies, now: () => new Date(), folder: here.home }),
    { clock: realClock, check },
  )
  expect(replayed.results.map(({ reason }) => [reason?.kind, reason?.text])).toEqual(
    scenarios.map(({ id }) => [
      'not-recorded',
      `There is no recording of ${id}: localscale contract run --target live --record --only ${id}`,
    ]),
  )
  expect(replayed.exitCode).toBe(2)
})
