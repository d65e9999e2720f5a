import { rmSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchOver } from '../harness/fetch-over.ts'
import { jobRequest } from '../harness/job-requests.ts'
import { ledgerPath, lockPath } from '../harness/live/account.ts'
import { readLedger } from '../harness/live/ledger.ts'
import type { LedgerEntry } from '../harness/live/ledger-entries.ts'
import { type LiveHere, liveHere } from '../harness/second-server/live-here.ts'
import { layered } from '../harness/transport.ts'
import { type Ended, ensureBuilt } from '../programs/built-cli.ts'
import { liveProcess, liveState, onThisMachine } from './testing/live-process.ts'

/** Two cores for an hour, as the suite asks for them, at the highest price that the second server has for them. */
const EACH = 0.22

let here: LiveHere
let onSubmit: () => void
let onStop: () => void
/** Called when a scenario asks who its user is. */
let onWhoAmI: () => void
beforeAll(ensureBuilt)
beforeEach(async () => {
  onSubmit = () => undefined
  onStop = () => undefined
  onWhoAmI = () => undefined
  here = await liveHere({
    beforeAnswer(method, target) {
      if (method === 'POST' && target.endsWith('/submit/')) onSubmit()
      if (method === 'POST' && target.endsWith('/stop/')) onStop()
      if (target.endsWith('/users/me/')) onWhoAmI()
      return undefined
    },
  })
})
afterEach(() => here[Symbol.asyncDispose]())

const contract = (...args: string[]): Promise<Ended> => liveProcess(here, args)

const live = (...args: string[]): Promise<Ended> =>
  contract('run', '--target', 'live', '--profile', 'second', '--poll', '0.01', ...onThisMachine, ...args)

const submitting = (...args: string[]): Promise<Ended> =>
  live('--allow-create', '--max-cost', '5', '--only', 'job-life/completed-yet-failed', ...args)

const jobsLeft = (): number => here.server.rescale.world().platform.jobs({ search: 'localscale-ct' }).count

const ledger = (): LedgerEntry[] => readLedger(ledgerPath(liveState(here), here.profile))

describe('localscale contract --target live', { timeout: 60_000 }, () => {
  it('begins only once the profile was allowed, and says how', async () => {
    const { code, stderr } = await live('--only', 'access/who-am-i')
    expect([code, stderr]).toEqual([2, expect.stringContaining('localscale contract allow second')])
    expect((await contract('allow', 'second')).code).toBe(0)
    const { code: allowed, stdout } = await live('--only', 'access/who-am-i')
    expect(allowed, stdout).toBe(0)
    expect(stdout).toMatch(/^This run only reads; submits nothing\./)
    expect((await contract('allow', 'second', '--revoke')).code).toBe(0)
    expect((await live('--only', 'access/who-am-i')).code).toBe(2)
  })

  it('submits nothing without an amount, nor beyond it, and ends with 2', async () => {
    let submits = 0
    onSubmit = () => {
      submits += 1
    }
    await contract('allow', 'second')
    const asked = ['--allow-create', '--only', 'job-life/completed-yet-failed'] as const
    const without = await live(...asked)
    expect([without.code, without.stdout]).toEqual([
      2,
      expect.stringContaining('could not run (costs-money): It submits jobs: allow that'),
    ])
    const tooLittle = await live(...asked, '--max-cost', String(EACH / 2))
    expect([tooLittle.code, tooLittle.stdout]).toEqual([
      2,
      expect.stringContaining('could not run (budget): It was not submitted: at worst it costs 0.22 USD'),
    ])
    expect(tooLittle.stdout).toContain('0 passed · 0 failed · 1 could not run')
    expect([submits, jobsLeft()]).toEqual([0, 0])
  })

  it('refuses a submit beyond the day’s limit, though an earlier run has spent it', async () => {
    let submits = 0
    onSubmit = () => {
      submits += 1
    }
    expect((await contract('allow', 'second', '--day-limit', String(EACH * 1.5))).code).toBe(0)
    const first = await submitting()
    expect(first.code, first.stdout + first.stderr).toBe(0)
    const second = await submitting()
    expect([second.code, submits], second.stdout).toEqual([2, 1])
    expect(second.stdout).toContain(`${EACH} set aside today already`)
    expect(second.stdout).toContain('1 could not run · 0 findings')
    expect(second.stdout).toMatch(
      /could not run \(budget\): It was not submitted: at worst it costs 0\.22 USD, 0\.22 of the 0\.33 for today are set aside already\. `localscale contract allow NAME --day-limit AMOUNT` allows more\./,
    )
    expect((await contract('allow', 'second', '--day-limit', String(EACH * 3))).code).toBe(0)
    expect([(await submitting()).code, submits]).toEqual([0, 2])
  })

  it('ends with 2 when a scenario that was to be recorded cannot be told a second time', async () => {
    await contract('allow', 'second')
    const file = join(here.home, 'own.mjs')
    await writeFile(file, onlyOnce)
    const { code, stdout, stderr } = await live(
      ...['--only', 'own/*', '--scenarios', file, '--record', '--recordings', join(here.home, 'recordings')],
    )
    expect([code, stdout], stderr).toEqual([2, expect.stringContaining('1 recordings written.')])
    expect(stderr).toContain('own/once was not recorded: told a second time, it ended otherwise (not again).')
    expect(await readdir(join(here.home, 'recordings/own'))).toContain('twice.cassette.json')
    expect(await readdir(join(here.home, 'recordings/own'))).not.toContain('once.cassette.json')
  })

  /** Things that a run has deleted, as the platform heard of it, and those that it had made, the newest first. */
  function deletedAndMade(): [deleted: string[], made: string[]] {
    const { journal } = here.server.rescale.world()
    const entries = journal.entries({ method: 'DELETE', order: 'oldest' })
    const made = ledger().flatMap((entry) => (entry.type === 'created' ? [`${entry.kind} ${entry.id}`] : []))
    const idOf = (path: string) => /\/(job|file)s\/(\w+)\/$/.exec(path)?.slice(1).join(' ') ?? path
    return [entries.map(({ request }) => idOf(request.url)), made.toReversed()]
  }

  it.each([
    ['throws where nobody catches it', "setImmediate(() => { throw new Error('a defect') })", 'a defect'],
    ['rejects where nobody hears of it', "Promise.reject(new Error('a defect'))", 'a defect'],
    ['waits for what never comes', '', 'nothing is left to be done'],
  ])('takes away what was made, the newest first, when a scenario %s', async (_, act, said) => {
    await contract('allow', 'second')
    const file = join(here.home, 'own.mjs')
    await writeFile(file, makes(act, AND_MORE))
    const { code, stderr } = await live('--allow-create', '--only', 'own/*', '--scenarios', file)
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${said}: cleaning up first`)])
    expect(ledger().at(-1)).toMatchObject({ type: 'run-over', left: 0 })
    const [deleted, made] = deletedAndMade()
    expect(made.map((one) => one.replace(/ .*/, ''))).toEqual(['job', 'file', 'job'])
    expect(deleted).toEqual(made)
    expect(jobsLeft()).toBe(0)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'takes away what was made, the newest first, when it gets %s, and ends with 2',
    async (signal) => {
      await contract('allow', 'second')
      onWhoAmI = () => {
        const [run] = ledger().flatMap((entry) => (entry.type === 'run' ? [entry.pid] : []))
        // It asks once before its first scenario, too.
        if (run !== undefined && jobsLeft() > 0) process.kill(run, signal)
      }
      const file = join(here.home, 'own.mjs')
      await writeFile(
        file,
        makes("await t.call('getCurrentUser', { expect: 200 }); setInterval(() => {}, 1_000)", AND_MORE),
      )
      const { code, stderr } = await live('--allow-create', '--only', 'own/*', '--scenarios', file)
      expect([code, stderr]).toEqual([2, expect.stringContaining(`${signal}: cleaning up first`)])
      expect(ledger().at(-1)).toMatchObject({ type: 'run-over', left: 0 })
      const [deleted, made] = deletedAndMade()
      expect(made.map((one) => one.replace(/ .*/, ''))).toEqual(['job', 'file', 'job'])
      expect(deleted).toEqual(made)
      expect(jobsLeft()).toBe(0)
    },
  )

  it('tells what it could not take away, and ends with 2; reap does it later', async () => {
    await contract('allow', 'second')
    const { faults } = here.server.rescale.world()
    const refusal = { operation: 'deleteJob', kind: 'status', status: 403, times: 1_000 } as const
    faults.plan([refusal])
    const file = join(here.home, 'own.mjs')
    await writeFile(file, makes('return'))
    const { code, stdout, stderr } = await live('--allow-create', '--only', 'own/*', '--scenarios', file)
    expect(code).toBe(2)
    for (const said of [stdout, stderr])
      expect(said).toMatch(
        /This is still on the account: job \w+ ".* one" \(the platform answered 403 to its deletion\)\. Try `localscale contract reap`\./,
      )
    expect(stderr).not.toContain('    at ')
    faults.clear()
    const reaped = await contract('reap', '--profile', 'second', ...onThisMachine)
    expect([reaped.code, reaped.stdout]).toEqual([0, expect.stringContaining('1 things taken away, 0 left')])
  })

  it('reaps what a killed run has left, and ends with 1 while something stays that is not to be touched', async () => {
    await contract('allow', 'second')
    const folder = liveState(here)
    const run = await here.begin({ folder })
    const fetch = fetchOver(layered(run.transport, [run.guard]))
    const jobs = `${here.server.url}/api/v2/jobs/`
    const headers = { authorization: here.profile.authorization, 'content-type': 'application/json' }
    const make = async (name: string): Promise<string> => {
      const body = JSON.stringify(jobRequest({ name: `${run.marker} ${name}` }))
      return ((await (await fetch(jobs, { method: 'POST', headers, body })).json()) as { id: string }).id
    }
    const [kept] = [await make('kept'), await make('left')]
    // It died, and meanwhile its user took a liking to one of its jobs.
    rmSync(lockPath(folder, here.profile))
    const rename = { method: 'PATCH', headers, body: JSON.stringify({ name: 'wing, final' }) }
    await here.server.rescale.fetch(`${jobs}${kept}/`, rename)
    const reaping = () => contract('reap', '--profile', 'second', ...onThisMachine)
    const { code, stdout, stderr } = await reaping()
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toMatch(/^1 unfinished runs; 1 things taken away, 1 left\.\n/)
    expect(stdout).toContain(`job ${kept} "${run.marker} kept": it is called "wing, final" now`)
    const json = await contract('reap', '--profile', 'second', '--json', ...onThisMachine)
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([1, { removed: 0, left: [{ id: kept }] }])
    await here.server.rescale.fetch(`${jobs}${kept}/`, { method: 'DELETE', headers })
    expect(await reaping()).toMatchObject({ code: 0 })
  })

  it('stops what runs when its minutes are over, and submits nothing more', async () => {
    const world = here.server.rescale.world()
    world.setPace('still')
    // The platform goes on once it was told to stop.
    onStop = () => world.setPace('settled')
    const file = join(here.home, 'own.mjs')
    await writeFile(file, untilStopped)
    await contract('allow', 'second')
    const minutes = ['--max-minutes', '0.02', '--scenarios', file]
    const { code, stdout, stderr } = await live(
      ...['--allow-create', '--max-cost', '5', '--only', 'own/until-stopped', ...minutes],
    )
    expect([code, stdout], stderr).toEqual([2, expect.stringContaining('and stops them after 0.02 minutes')])
    expect(stdout).toContain(
      'could not run (budget): It was not submitted: the run has lasted as long as it may.',
    )
    const said = ledger()
    expect(said.filter(({ type }) => type === 'submit')).toHaveLength(1)
    expect(said).toContainEqual(expect.objectContaining({ type: 'stopped', by: 'dead-man' }))
    expect(said.at(-1)).toMatchObject({ type: 'run-over', left: 0 })
  })
})

const job = `
const job = (t, name) => ({ name: t.unique(name), jobanalyses: [{
  analysis: { code: 'user_included', version: '0' }, command: 'sleep 600',
  hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
}] })`

const AND_MORE = `
    const form = new FormData()
    form.append('file', new Blob(['x']), t.unique('two') + '.txt')
    await t.call('uploadFile', { form, expect: 201 })
    await t.call('createJob', { json: job(t, 'three'), expect: 201 })`

/** Makes a job, and perhaps more, and does something, and is never over. */
const makes = (act: string, more = ''): string => `${job}
export const scenarios = [{
  id: 'own/makes', title: 'makes a job', needs: [], covers: [], cost: 'creates',
  async run(t) {
    await t.call('createJob', { json: job(t, 'one'), expect: 201 })${more}
    ${act}
    await new Promise(() => {})
  },
}]`

/** One that can be told again, and one that cannot. */
const onlyOnce = `
let times = 0
const read = (t) => t.send({ method: 'GET', path: '/api/v2/users/me/' })
const story = (id, run) => ({ id, title: id, needs: [], covers: [], cost: 'free', run })
export const scenarios = [
  story('own/once', async (t) => { await read(t); if (times++ > 0) throw new Error('not again') }),
  story('own/twice', read),
]`

/** A job that never ends by itself; another one once it is over. */
const untilStopped = `${job}
export const scenarios = [{
  id: 'own/until-stopped', title: 'runs until it is stopped', needs: [], covers: [], cost: 'submits',
  async run(t) {
    const make = async (name) => (await t.call('createJob', { json: job(t, name), expect: 201 })).body.id
    const jobId = await make('first')
    await t.call('submitJob', { path: { jobId }, expect: 200 })
    await t.until('the job is over', async () => {
      const { body } = await t.call('listJobStatuses', { path: { jobId }, expect: 200 })
      return body.results.find(({ status }) => status === 'Completed')
    })
    await t.call('submitJob', { path: { jobId: await make('second') }, expect: 200 })
  },
}]`
