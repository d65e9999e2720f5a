import { expect, it } from 'vitest'
import type { PlannedFault } from '../../client/control/index.ts'
import { MAX_AUTHORIZED_KEYS } from '../../mock-server/authorized-keys.ts'
import { MOST_LISTED } from '../../mock-server/control/time.ts'
import { MAX_JSON_BODY_BYTES } from '../../mock-server/exchange/read-json.ts'
import {
  MAX_FAULT_PLANS,
  MAX_PLANNED_BYTES,
  MAX_PLANNED_FAULTS,
} from '../../mock-server/faults/fault-plans.ts'
import { MAX_FAULT_BODY_BYTES } from '../../mock-server/faults/misplanned.ts'
import { createRescale, listen } from '../../mock-server/index.ts'
import { MAX_WAITING } from '../../mock-server/journal/limits.ts'
import { MOST_SEEDED_JOBS } from '../../mock-server/seeding/seed-world.ts'
import { MAX_TENANTS } from '../../mock-server/tenants.ts'
import { MAX_SNAPSHOTS } from '../../mock-server/worlds/tenant-worlds.ts'
import { aJob } from '../fixtures.ts'
import { aPublicKey } from '../public-keys.ts'
import { describeRescale, inProcessTarget, type Target } from '../targets.ts'
import { turn } from './wall.ts'

async function post({ fetch }: Target, path: string, body: unknown): Promise<[number, unknown]> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return [answer.status, await answer.json()]
}

const failing = (changes: object = {}): PlannedFault => ({
  operation: 'getCurrentUser',
  kind: 'status',
  status: 500,
  ...changes,
})

/** JSON of so many bytes. */
function padded(value: unknown, bytes: number): string {
  const text = JSON.stringify(value)
  return text + ' '.repeat(bytes - Buffer.byteLength(text))
}

describeRescale('up to its limit, and not one further, a world', (target) => {
  it('has public keys', async () => {
    const keys = Array.from({ length: MAX_AUTHORIZED_KEYS }, aPublicKey)
    for (const key of keys) await target().control.sshKeys.add(key)
    const before = await target().control.sshKeys.list()
    expect(before).toHaveLength(MAX_AUTHORIZED_KEYS)
    expect(await post(target(), '/_mock/ssh-keys/', { publicKey: aPublicKey() })).toEqual([
      400,
      { publicKey: [`No more than ${MAX_AUTHORIZED_KEYS} keys.`] },
    ])
    expect(await target().control.sshKeys.add(keys[7] ?? '')).toEqual(before[7])
    expect(await target().control.sshKeys.list()).toEqual(before)
    await target().control.sshKeys.remove(before[7]?.id ?? '')
    expect((await target().control.sshKeys.add(aPublicKey())).id).toBe(String(MAX_AUTHORIZED_KEYS + 1))
  })

  it('has plans, faults in them, and bodies of these', async () => {
    const { faults } = target().control
    const quoted = '""'.length
    await faults.plan([failing({ body: 'x'.repeat(MAX_FAULT_BODY_BYTES - quoted) })])
    const tooLarge = failing({ body: 'x'.repeat(MAX_FAULT_BODY_BYTES - quoted + 1) })
    expect(await post(target(), '/_mock/faults/', { faults: [tooLarge] })).toEqual([
      400,
      { faults: [{ body: [`A body has at most ${MAX_FAULT_BODY_BYTES} bytes.`] }] },
    ])
    expect(await faults.list()).toHaveLength(1)
    await faults.plan(Array.from({ length: MAX_PLANNED_FAULTS - 1 }, () => failing()))
    const refused = [400, { faults: [expect.stringContaining('remove some first')] }]
    expect(await post(target(), '/_mock/faults/', { faults: [failing()] })).toEqual(refused)
    expect(await faults.list()).toHaveLength(2)
    await faults.clear()
    for (let count = 0; count < MAX_FAULT_PLANS; count += 1) await faults.plan([failing()])
    expect(await post(target(), '/_mock/faults/', { faults: [failing()] })).toEqual(refused)
    expect(await faults.list()).toHaveLength(MAX_FAULT_PLANS)
  })

  it('has plans of so many bytes', async () => {
    const { faults } = target().control
    const large = failing({ body: 'x'.repeat(60_000) })
    const most = Math.floor(MAX_PLANNED_BYTES / JSON.stringify(large).length)
    for (let count = 0; count < most; count += 1) await faults.plan([large])
    expect(await post(target(), '/_mock/faults/', { faults: [large] })).toEqual([
      400,
      { faults: [`A world holds plans of ${MAX_PLANNED_BYTES} bytes; remove some first.`] },
    ])
    expect(await faults.list()).toHaveLength(most)
    await faults.remove('plan-1')
    await faults.plan([large])
  })

  it('has faults that wait', async () => {
    const { faults } = target().control
    const late = (seconds: number): PlannedFault => ({
      operation: '*',
      kind: 'delay',
      when: 'before',
      for: `${seconds}s`,
    })
    await faults.plan([late(600)], { name: 'longest', onlyByHeader: true })
    expect(await post(target(), '/_mock/faults/', { faults: [late(601)] })).toEqual([
      400,
      { faults: [{ for: [expect.stringContaining('at most ten minutes')] }] },
    ])
    expect((await faults.list()).map(({ name }) => name)).toEqual(['longest'])
  })

  it('has snapshots', async () => {
    const { control, world } = target()
    for (let number = 1; number <= MAX_SNAPSHOTS; number += 1) world.snapshot(`snapshot ${number}`)
    expect(await post(target(), '/_mock/world/snapshots/', { name: 'one-more' })).toEqual([
      400,
      { name: [`No more than ${MAX_SNAPSHOTS} snapshots.`] },
    ])
    expect(await control.world.snapshots()).toHaveLength(MAX_SNAPSHOTS)
  })

  it('reads JSON of its API and of its controls', async () => {
    const jobs = () => target().world.platform.jobs().count
    const before = jobs()
    const tooLarge = [400, { detail: 'The request body is too large.' }]
    expect(await post(target(), '/api/v2/jobs/', padded(aJob(), MAX_JSON_BODY_BYTES + 1))).toEqual(tooLarge)
    expect(jobs()).toBe(before)
    expect((await post(target(), '/api/v2/jobs/', padded(aJob(), MAX_JSON_BODY_BYTES)))[0]).toBe(201)
    expect(jobs()).toBe(before + 1)
    const plan = { faults: [failing()] }
    expect(await post(target(), '/_mock/faults/', padded(plan, MAX_JSON_BODY_BYTES + 1))).toEqual(tooLarge)
    expect(target().world.faults.plans()).toEqual([])
    expect((await post(target(), '/_mock/faults/', padded(plan, MAX_JSON_BODY_BYTES)))[0]).toBe(201)
  })

  it.each(['/_mock/wait/?request=submitJob&timeout=', '/_mock/journal/verify/'])(
    'waits at %s',
    async (path) => {
      await target().fetch('/api/v2/users/me/')
      const wait = (timeout: string) =>
        path.endsWith('=')
          ? target().fetch(path.replace('submitJob', 'getCurrentUser') + timeout)
          : target().fetch(path, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ request: { operation: 'getCurrentUser' }, timeout }),
            })
      expect((await wait('300s')).status).toBe(200)
      const refused = await wait('301s')
      expect([refused.status, await refused.json()]).toEqual([400, { timeout: [expect.any(String)] }])
    },
  )

  it('lets requests of its journal be waited for', async () => {
    const { journal } = target().control
    const { journal: seen } = target().world
    const waiting = Array.from({ length: MAX_WAITING }, () =>
      journal.verify({ request: { operation: 'submitJob' }, exactly: 1, timeout: '5m' }),
    )
    const events = () => target().fetch('/_mock/journal/events/')
    while (seen.waiting < MAX_WAITING) await turn()
    const full = { detail: `No more than ${MAX_WAITING} verifications and streams at the same time.` }
    const answer = await events()
    expect([answer.status, await answer.json()]).toEqual([429, full])
    const asked = { request: { operation: 'submitJob' } }
    expect(await post(target(), '/_mock/journal/verify/', asked)).toEqual([429, full])
    expect(seen.waiting).toBe(MAX_WAITING)
    for (let count = 0; count < 2; count += 1)
      await target().fetch('/api/v2/jobs/AbCdEf/submit/', { method: 'POST' })
    await Promise.all(waiting)
    expect(seen.waiting).toBe(0)
    expect((await post(target(), '/_mock/journal/verify/', asked))[0]).toBe(200)
  })
})

it('a seed has so many jobs, and not one more; of what then is due the first are listed, and all counted', async () => {
  await using rescale = createRescale()
  const target = await inProcessTarget(rescale)
  const before = target.world.platform.jobs().count
  const jobs = Array.from({ length: MOST_SEEDED_JOBS + 1 }, () => aJob())
  expect(await post(target, '/_mock/world/seed/', { jobs })).toEqual([
    400,
    { seed: [`No more than ${MOST_SEEDED_JOBS} jobs at a time.`] },
  ])
  expect(target.world.platform.jobs().count).toBe(before)
  expect((await post(target, '/_mock/world/seed/', { jobs: jobs.slice(1) }))[0]).toBe(200)
  const { platform } = target.world
  expect(platform.jobs().count).toBe(before + MOST_SEEDED_JOBS)
  expect((await post(target, '/api/v2/jobs/', jobs[0]))[0]).toBe(201)
  const due = async () => {
    const listed = await target.control.time.read()
    const all = target.world.due().map(({ at, event }) => ({ at: at.toISOString(), ...event }))
    const told = listed.due.map((one) => ({ ...one, at: new Date(one.at).toISOString() }))
    expect(told).toEqual(all.slice(0, MOST_LISTED))
    return [told.length, listed.dueCount]
  }
  const [last, ...others] = platform.jobs().slice(0, MOST_LISTED + 1)
  for (const { id } of others) platform.submitJob(id)
  expect(await due()).toEqual([MOST_LISTED, MOST_LISTED])
  platform.submitJob(last?.id ?? '')
  expect(await due()).toEqual([MOST_LISTED, MOST_LISTED + 1])
})

it('a server has so many worlds, and not one more', async () => {
  await using rescale = createRescale()
  await using listening = await listen(rescale)
  const { fetch: inProcess } = rescale
  const target = await inProcessTarget(rescale)
  const keyOf = (number: number) => number.toString(16).padStart(40, '0')
  for (let number = 1; number < MAX_TENANTS; number += 1) rescale.world(keyOf(number))
  const late = keyOf(MAX_TENANTS)
  const me = (key: string, fetch: typeof globalThis.fetch = globalThis.fetch) =>
    fetch(`${listening.url}/api/v2/users/me/`, { headers: { authorization: `Token ${key}` } })
  for (const fetch of [inProcess, globalThis.fetch]) {
    const refused = await me(late, fetch)
    expect([refused.status, await refused.json()]).toEqual([401, { detail: 'Invalid token.' }])
    expect(refused.headers.get('x-mock-why')).toContain(
      'worlds-full: The key is accepted, but there is no room for another world',
    )
  }
  expect(() => rescale.world(late)).toThrow('no room for another world')
  expect(() => target.world.fork({ apiKey: late })).toThrow('room')
  await expect(target.control.server.createTenant(late)).rejects.toMatchObject({
    status: 400,
    body: { apiKey: ['There is no room for another world.'] },
  })
  expect(rescale.tenants()).toHaveLength(MAX_TENANTS)
  expect((await me(keyOf(7))).status).toBe(200)
  await target.control.server.deleteTenant(rescale.tenants()[7]?.tenantId ?? '')
  expect((await me(late)).status).toBe(200)
})
