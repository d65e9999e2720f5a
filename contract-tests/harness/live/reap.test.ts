import { appendFileSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchOver } from '../fetch-over.ts'
import { jobRequest } from '../job-requests.ts'
import { type LiveHere, liveHere } from '../second-server/live-here.ts'
import { layered } from '../transport.ts'
import { NAME_PREFIX } from '../unique-names.ts'
import { ledgerPath, lockPath } from './account.ts'
import { readLedger } from './ledger.ts'
import type { LiveRun } from './live-run.ts'
import { type Reaped, reap } from './reap.ts'

let here: LiveHere
let changes: string[]
beforeEach(async () => {
  changes = []
  here = await liveHere({
    latencyMs: () => 0,
    beforeAnswer(method, target) {
      if (method !== 'GET') changes.push(`${method} ${target}`)
      return undefined
    },
  })
})
afterEach(() => here[Symbol.asyncDispose]())

/** As the user, in the portal: past every guard. */
async function byHand(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await here.server.rescale.fetch(`${here.server.url}/api/v2${path}`, {
    method,
    headers: { authorization: here.profile.authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

const isThere = async (id: string): Promise<boolean> => (await byHand('GET', `/jobs/${id}/`)).id === id

/** A run that has made jobs, and died: nobody cleans up, and its lock names nobody who lives. */
async function crashedRun(...labels: string[]): Promise<{ run: LiveRun; ids: string[] }> {
  const run = await here.begin()
  const fetch = fetchOver(layered(run.transport, [run.guard]))
  const ids: string[] = []
  for (const label of labels) {
    const answer = await fetch(`${here.server.url}/api/v2/jobs/`, {
      method: 'POST',
      headers: { authorization: here.profile.authorization, 'content-type': 'application/json' },
      body: JSON.stringify(jobRequest({ name: `${NAME_PREFIX} ${run.marker} ${label}` })),
    })
    ids.push(((await answer.json()) as { id: string }).id)
  }
  rmSync(lockPath(here.stateFolder, here.profile))
  changes = []
  return { run, ids }
}

const reaped = (): Promise<Reaped> =>
  reap({
    profile: here.profile,
    folder: here.stateFolder,
    bodies: here.bodies,
    transport: here.wire.transport,
    now: () => new Date(),
    pause: async () => undefined,
  })

describe('the reaper', () => {
  it('takes away what a crashed run has made, the last thing first, and nothing twice', async () => {
    const { run, ids } = await crashedRun('one', 'two')
    expect(await reaped()).toEqual({ runs: [run.run], removed: 2, left: [] })
    expect(changes).toEqual(ids.toReversed().map((id) => `DELETE /api/v2/jobs/${id}/`))
    expect(await reaped()).toEqual({ runs: [], removed: 0, left: [] })
  })

  it('leaves what is not in the ledger, though it bears the mark of the run in its name', async () => {
    const { run, ids } = await crashedRun('one')
    const copy = await byHand('POST', '/jobs/', jobRequest({ name: `${NAME_PREFIX} ${run.marker} one` }))
    expect(await reaped()).toMatchObject({ removed: 1, left: [] })
    expect(changes).toEqual([`DELETE /api/v2/jobs/${ids[0]}/`])
    expect(await isThere(String(copy.id))).toBe(true)
  })

  it('leaves what is in the ledger and bears the mark no more: its user has made it theirs', async () => {
    const { run, ids } = await crashedRun('kept', 'left')
    const [kept = '', left = ''] = ids
    await byHand('PATCH', `/jobs/${kept}/`, { name: 'wing, final' })
    changes = []
    const { removed, left: told } = await reaped()
    expect(removed).toBe(1)
    expect(told).toEqual([
      {
        kind: 'job',
        id: kept,
        name: `${NAME_PREFIX} ${run.marker} kept`,
        why: `it is called "wing, final" now, without the mark of its run (${run.marker}): not touched`,
      },
    ])
    expect(changes).toEqual([`DELETE /api/v2/jobs/${left}/`])
    expect([await isThere(kept), await isThere(left)]).toEqual([true, false])
    // It is told each time, until somebody deletes it or it bears its mark again.
    expect((await reaped()).left).toHaveLength(1)
    await byHand('DELETE', `/jobs/${kept}/`)
    expect(await reaped()).toMatchObject({ runs: [run.run], left: [] })
    expect((await reaped()).runs).toEqual([])
  })

  it('does not believe a ledger that somebody wrote another’s id into', async () => {
    const own = await byHand('POST', '/jobs/', jobRequest({ name: 'the user’s own' }))
    const { run } = await crashedRun()
    const at = new Date().toISOString()
    const forged = [
      { type: 'intent', intent: 99, kind: 'job', name: `${run.marker} forged`, at, run: run.run },
      { type: 'created', intent: 99, kind: 'job', id: own.id, at, run: run.run },
    ]
    const path = ledgerPath(here.stateFolder, here.profile)
    appendFileSync(path, forged.map((entry) => `\n${JSON.stringify(entry)}`).join(''))
    expect((await reaped()).left).toMatchObject([{ id: own.id, why: expect.stringContaining('not touched') }])
    expect(changes).toEqual([])
    expect(await isThere(String(own.id))).toBe(true)
  })

  it('waits for no run that lives, and touches nothing of it', async () => {
    const run = await here.begin()
    await expect(reaped()).rejects.toThrow(/Another live run uses this account/)
    await run.close()
    expect(readLedger(ledgerPath(here.stateFolder, here.profile)).at(-1)).toMatchObject({ type: 'run-over' })
  })
})
