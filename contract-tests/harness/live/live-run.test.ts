import { statSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { observedQuirks } from '../../../mock-server/domain/quirks.ts'
import { fetchOver } from '../fetch-over.ts'
import { jobRequest } from '../job-requests.ts'
import { CannotRunError } from '../not-run.ts'
import { type LiveHere, liveHere, OTHER_LIVE_API_KEY } from '../second-server/live-here.ts'
import { LASTING_COMMAND } from '../states.ts'
import { bytesOf, layered, oneChunk } from '../transport.ts'
import { ledgerPath } from './account.ts'
import { allowanceFor, forbid } from './allowance.ts'
import { cleanUpOnExit, type Exiting } from './exit-hooks.ts'
import { Ledger, readLedger } from './ledger.ts'
import type { LiveRun } from './live-run.ts'
import { loadProfile } from './profile.ts'

let here: LiveHere
let runs: LiveRun[]
beforeEach(async () => {
  here = await liveHere()
  runs = []
})
afterEach(async () => {
  for (const run of runs) await run.close()
  await here[Symbol.asyncDispose]()
})

async function begun(options: Parameters<LiveHere['begin']>[0] = {}): Promise<{
  run: LiveRun
  call: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ status: number; json: { id: string } & Record<string, unknown> }>
}> {
  const run = await here.begin(options)
  runs.push(run)
  const fetch = fetchOver(layered(run.transport, [run.guard]))
  return {
    run,
    call: async (method, path, body) => {
      const answer = await fetch(`${here.server.url}/api/v2${path}`, {
        method,
        headers: { authorization: here.profile.authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, json: text === '' ? ({} as never) : JSON.parse(text) }
    },
  }
}

/** What the user has made in the portal, and no test may touch. */
async function foreignJob(): Promise<string> {
  const answer = await here.server.rescale.fetch(`${here.server.url}/api/v2/jobs/`, {
    method: 'POST',
    headers: { authorization: here.profile.authorization, 'content-type': 'application/json' },
    body: JSON.stringify(jobRequest({ name: 'the user’s own' })),
  })
  return ((await answer.json()) as { id: string }).id
}

const jobsOnServer = async (): Promise<string[]> => {
  const answer = await here.server.rescale.fetch(`${here.server.url}/api/v2/jobs/?page_size=100`, {
    headers: { authorization: here.profile.authorization },
  })
  return ((await answer.json()) as { results: { name: string }[] }).results.map(({ name }) => name)
}

const stoppedByDeadMan = (): string[] =>
  readLedger(ledgerPath(here.stateFolder, here.profile)).flatMap((entry) =>
    entry.type === 'stopped' && entry.by === 'dead-man' ? [entry.id] : [],
  )

describe('a live run', () => {
  it('takes away what it made, the last thing first, and nothing else', async () => {
    const foreign = await foreignJob()
    const before = await jobsOnServer()
    const { run, call } = await begun()
    const { json } = await call('POST', '/jobs/', jobRequest({ name: `${run.marker} a` }))
    await call('POST', `/jobs/${json.id}/submit/`)
    await call('POST', '/jobs/', jobRequest({ name: `${run.marker} b` }))
    await expect(call('DELETE', `/jobs/${foreign}/`)).rejects.toThrow(CannotRunError)
    const made = run.ledger.owned(run.run).map(({ id }) => id)
    expect(await run.close()).toEqual([])
    const entries = readLedger(ledgerPath(here.stateFolder, here.profile))
    expect(entries.flatMap((entry) => (entry.type === 'deleted' ? [entry.id] : []))).toEqual(
      made.toReversed(),
    )
    expect(await jobsOnServer()).toEqual(before)
    expect(here.server.rescale.world().platform.job(foreign).name).toBe('the user’s own')
  })

  it('does not wait for the last status that a job which was stopped early never gets', async () => {
    await here[Symbol.asyncDispose]()
    const looks: string[] = []
    here = await liveHere({
      pace: 'still',
      quirks: observedQuirks,
      beforeAnswer: (_, target) => void (target.endsWith('/statuses/') && looks.push(target)),
    })
    const { run, call } = await begun()
    const { json } = await call('POST', '/jobs/', jobRequest({ name: `${run.marker} early` }))
    await call('POST', `/jobs/${json.id}/submit/`)
    looks.length = 0
    expect(await run.close()).toEqual([])
    expect(await jobsOnServer()).not.toContain(`${run.marker} early`)
    expect(looks.length).toBeLessThan(5)
  })

  it('does not wait for more than the last status of a job that was stopped by force', async () => {
    await here[Symbol.asyncDispose]()
    const looks: string[] = []
    here = await liveHere({
      pace: 'per-request:60s',
      beforeAnswer: (_, target) => void (target.endsWith('/statuses/') && looks.push(target)),
    })
    const { run, call } = await begun()
    const { json } = await call(
      'POST',
      '/jobs/',
      jobRequest({ name: `${run.marker} forced`, command: LASTING_COMMAND }),
    )
    await call('POST', `/jobs/${json.id}/submit/`)
    const { platform } = here.server.rescale.world()
    while (platform.job(json.id).status !== 'Executing') await call('GET', `/jobs/${json.id}/`)
    expect((await call('POST', `/jobs/${json.id}/force_stop/`)).status).toBe(202)
    looks.length = 0
    expect(await run.close()).toEqual([])
    expect(await jobsOnServer()).not.toContain(`${run.marker} forced`)
    expect(looks.length).toBeLessThan(5)
  })

  it('does not wait for a job that is gone meanwhile', async () => {
    await here[Symbol.asyncDispose]()
    const looks: string[] = []
    let stopped = ''
    here = await liveHere({
      pace: 'still',
      quirks: observedQuirks,
      beforeAnswer(method, target) {
        if (target.endsWith('/statuses/')) looks.push(target)
        // By its user, in the portal.
        return method === 'POST' && target.endsWith('/stop/')
          ? here.server.rescale.world().platform.deleteJob(stopped)
          : undefined
      },
    })
    const { run, call } = await begun()
    const { json } = await call('POST', '/jobs/', jobRequest({ name: `${run.marker} gone` }))
    stopped = json.id
    await call('POST', `/jobs/${json.id}/submit/`)
    looks.length = 0
    expect(await run.close()).toEqual([])
    expect(looks.length).toBeLessThan(5)
  })

  it('takes things away once, also when it is asked to end while it takes those of a scenario away', async () => {
    await here[Symbol.asyncDispose]()
    const deleted: string[] = []
    here = await liveHere({
      beforeAnswer: (method, target) => void (method === 'DELETE' && deleted.push(target)),
    })
    const { run, call } = await begun()
    const ids = []
    for (const label of ['a', 'b', 'c'])
      ids.push((await call('POST', '/jobs/', jobRequest({ name: `${run.marker} ${label}` }))).json.id)
    expect(await Promise.all([run.cleanUp(), run.close()])).toEqual([[], []])
    expect(deleted).toEqual(ids.toReversed().map((id) => `/api/v2/jobs/${id}/`))
  })

  it('makes nothing under a name that holds the key of either profile that is named', async () => {
    const { run, call } = await begun({ otherKeys: [OTHER_LIVE_API_KEY] })
    const before = here.server.rescale.world().journal.summary().lastNumber
    for (const key of [here.profile.apiKey, OTHER_LIVE_API_KEY, OTHER_LIVE_API_KEY.slice(0, 15)])
      await expect(call('POST', '/jobs/', jobRequest({ name: `${run.marker} ${key}` }))).rejects.toThrow(
        /its name holds a secret of a profile/,
      )
    expect(here.server.rescale.world().journal.summary().lastNumber).toBe(before)
  })

  it('writes down what it will make before the platform hears of it', async () => {
    const { run, call } = await begun({
      transport: (request) => {
        if (request.method === 'POST') {
          expect(readLedger(ledgerPath(here.stateFolder, here.profile))).toContainEqual(
            expect.objectContaining({ type: 'intent', kind: 'job', name: `${run.marker} a` }),
          )
        }
        return here.wire.transport(request)
      },
    })
    const { json } = await call('POST', '/jobs/', jobRequest({ name: `${run.marker} a` }))
    expect(run.ledger.owns('job', json.id)).toBe(true)
  })

  it('sets the worst case aside before each submit, and refuses what goes beyond', async () => {
    const { run, call } = await begun({ maxCost: 0.5 })
    const ids: string[] = []
    for (const label of ['a', 'b', 'c'])
      ids.push((await call('POST', '/jobs/', jobRequest({ name: `${run.marker} ${label}` }))).json.id)
    await call('POST', `/jobs/${ids[0]}/submit/`)
    const each = run.budget?.spent ?? 0
    expect(each).toBeGreaterThan(0.1)
    const possible = Math.floor(0.5 / each)
    for (const id of ids.slice(1, possible)) await call('POST', `/jobs/${id}/submit/`)
    const [refused] = ids.slice(possible)
    if (refused === undefined) throw new Error('the price does not fit this test')
    await expect(call('POST', `/jobs/${refused}/submit/`)).rejects.toThrow(/at worst it costs .* --max-cost/)
    expect(here.server.rescale.world().platform.job(refused).status).toBeNull()
  })

  it('has what is set aside for a submit in its ledger before the platform hears of it', async () => {
    const { run, call } = await begun({
      transport: (request) => {
        if (request.url.endsWith('/submit/'))
          expect(readLedger(ledgerPath(here.stateFolder, here.profile))).toContainEqual(
            expect.objectContaining({ type: 'submit', worst: { amount: 0.22, currency: 'USD' } }),
          )
        return here.wire.transport(request)
      },
    })
    const { json } = await call('POST', '/jobs/', jobRequest({ name: `${run.marker} a` }))
    expect((await call('POST', `/jobs/${json.id}/submit/`)).status).toBe(200)
  })

  it('submits no job whose walltime is not set, whoever forgot it', async () => {
    const submits: string[] = []
    const { run, call } = await begun({
      transport: async (request) => {
        if (request.url.endsWith('/submit/')) submits.push(request.url)
        const answer = await here.wire.transport(request)
        if (request.method !== 'GET' || !/\/jobs\/[^/]+\/$/.test(request.url)) return answer
        const text = new TextDecoder().decode(await bytesOf(answer.body))
        return { ...answer, body: oneChunk(Buffer.from(text.replace(/"walltime":1\b/, '"walltime":null'))) }
      },
    })
    const { json } = await call('POST', '/jobs/', jobRequest({ name: `${run.marker} a` }))
    await expect(call('POST', `/jobs/${json.id}/submit/`)).rejects.toThrow(/walltime is not set/)
    expect([submits, run.budget?.spent]).toEqual([[], 0])
  })

  it('lets nothing make a job dearer between the look at its cost and its submission', async () => {
    const sent: string[] = []
    const { run, call } = await begun({
      maxCost: 0.5,
      transport: async (request) => {
        sent.push(`${request.method} ${new URL(request.url).pathname.split('/').slice(3).join('/')}`)
        // Whatever else is under way gets its turn.
        for (let turns = 0; turns < 20; turns += 1) await turn()
        return here.wire.transport(request)
      },
    })
    const name = `${run.marker} a`
    const { id } = (await call('POST', '/jobs/', jobRequest({ name }))).json
    await Promise.all([
      call('POST', `/jobs/${id}/submit/`),
      call('PATCH', `/jobs/${id}/`, jobRequest({ name, walltime: 100 })),
    ])
    expect(sent.filter((one) => one.includes(id))).toEqual([
      `GET jobs/${id}/`,
      `POST jobs/${id}/submit/`,
      `PATCH jobs/${id}/`,
    ])
    expect(run.budget?.spent).toBeLessThanOrEqual(0.5)
  })

  it('counts all runs of a day together', async () => {
    const first = await begun()
    const { json } = await first.call('POST', '/jobs/', jobRequest({ name: `${first.run.marker} a` }))
    await first.call('POST', `/jobs/${json.id}/submit/`)
    const spent = first.run.budget?.spentToday ?? 0
    await first.run.close()
    const second = await begun()
    expect(second.run.budget?.spent).toBe(0)
    expect(second.run.budget?.spentToday).toBe(spent)
  })

  it('gives back what the platform refused to submit', async () => {
    const { run, call } = await begun()
    const { json } = await call('POST', '/jobs/', jobRequest({ name: `${run.marker} a` }))
    await call('DELETE', `/jobs/${json.id}/`)
    await expect(call('POST', `/jobs/${json.id}/submit/`)).rejects.toThrow(/cannot be read/)
    expect(run.budget?.spent).toBe(0)
  })

  it('stops what still runs when its time is up, and submits nothing more', async () => {
    here.server.rescale.world().setPace('still')
    let late = 0
    let timeUp = (): void => undefined
    const { run, call } = await begun({
      longestMs: 60_000,
      now: () => new Date(Date.now() + late),
      schedule: (act) => {
        timeUp = act
        return () => undefined
      },
    })
    const save = async (label: string) =>
      (await call('POST', '/jobs/', jobRequest({ name: `${run.marker} ${label}`, command: 'sleep 600' })))
        .json.id
    const [first, second] = [await save('a'), await save('b')]
    await call('POST', `/jobs/${first}/submit/`)
    late = 60_000
    timeUp()
    await vi.waitFor(() => expect(stoppedByDeadMan()).toEqual([first]))
    await expect(call('POST', `/jobs/${second}/submit/`)).rejects.toThrow(/lasted as long as it may/)
    here.server.rescale.world().setPace('settled')
  })

  it('uses an account alone', async () => {
    await begun()
    await expect(here.begin()).rejects.toThrow(/Another live run uses this account/)
  })

  it('asks what became of a request whose answer never came, by its name', async () => {
    let lose = true
    const { run, call } = await begun({
      transport: async (request) => {
        const answer = await here.wire.transport(request)
        if (request.method !== 'POST' || !lose) return answer
        lose = false
        for await (const _ of answer.body);
        throw new Error('ECONNRESET')
      },
    })
    const before = await jobsOnServer()
    await expect(call('POST', '/jobs/', jobRequest({ name: `${run.marker} lost` }))).rejects.toThrow(
      'ECONNRESET',
    )
    expect(await jobsOnServer()).toHaveLength(before.length + 1)
    expect(await run.close()).toEqual([])
    expect(await jobsOnServer()).toEqual(before)
  })

  it.each([...['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException', 'unhandledRejection', 'beforeExit']])(
    'cleans up on %s, and ends with 2',
    async (event) => {
      const { run, call } = await begun()
      const before = await jobsOnServer()
      await call('POST', '/jobs/', jobRequest({ name: `${run.marker} a` }))
      const listeners = new Map<string, (reason: unknown) => void>()
      const exited = new Promise<number>((resolve) => {
        const target: Exiting = {
          on: (event, listener) => listeners.set(event, listener),
          off: (event) => listeners.delete(event),
          exit: resolve,
        }
        cleanUpOnExit(
          target,
          () => run.close(),
          () => undefined,
        )
      })
      listeners.get(event)?.(event.startsWith('SIG') ? event : new Error('a defect'))
      expect(await exited).toBe(2)
      expect(await jobsOnServer()).toEqual(before)
    },
  )
})

describe('a profile', () => {
  it('is used only after the user has allowed it, and not with another key', async () => {
    await forbid(here.stateFolder, 'second')
    await expect(here.begin()).rejects.toThrow(/localscale contract allow second/)
    await expect(allowanceFor(here.stateFolder, { ...here.profile, tenant: 'other' }, {})).rejects.toThrow(
      CannotRunError,
    )
  })

  it('is used in CI only with a variable that names it', async () => {
    for (const env of [{ CI: 'true' }, { CI: 'true', LOCALSCALE_CONTRACT_LIVE: 'seconds' }])
      await expect(here.begin({ env })).rejects.toThrow(/LOCALSCALE_CONTRACT_LIVE=second/)
    const run = await here.begin({ env: { CI: 'true', LOCALSCALE_CONTRACT_LIVE: 'other,second' } })
    runs.push(run)
  })

  it('is not read from a file that others can read', async () => {
    const { chmodSync } = await import('node:fs')
    chmodSync(here.configFile, 0o644)
    expect(() => loadProfile({ name: 'second', configFile: here.configFile, env: {} })).toThrow(/chmod 600/)
  })

  it('never has its key in the state folder, which nobody else may enter', async () => {
    const { run } = await begun()
    await run.close()
    const path = ledgerPath(here.stateFolder, here.profile)
    expect(JSON.stringify(readLedger(path))).not.toContain(here.profile.apiKey)
    expect(statSync(path).mode & 0o077).toBe(0)
  })
})

describe('a ledger', () => {
  it('survives a torn line, and begins the next on one of its own', async () => {
    const { appendFileSync } = await import('node:fs')
    const path = `${here.home}/torn.jsonl`
    const first = new Ledger({ path, run: 'one', now: () => new Date() })
    first.write({ type: 'created', intent: first.intend('job', 'a'), kind: 'job', id: 'AbCdE' })
    first.close()
    appendFileSync(path, '\n{"type":"deleted","kind":"job","id":"AbC')
    const second = new Ledger({ path, run: 'two', now: () => new Date() })
    expect(second.owns('job', 'AbCdE')).toBe(true)
    second.write({ type: 'deleted', kind: 'job', id: 'AbCdE', how: 'answered 204' })
    second.close()
    expect(readLedger(path).map(({ type }) => type)).toEqual(['intent', 'created', 'deleted'])
  })
})
