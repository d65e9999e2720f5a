import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createRescale,
  openDataFolder,
  type Rescale,
  type RescaleOptions,
  type World,
} from '../../mock-server/index.ts'
import type { WallClock } from '../../mock-server/wall-clock.ts'
import { aJob } from '../fixtures.ts'

let folder: string
let rescale: Rescale
let real = Date.UTC(2026, 10, 28)

const wall: WallClock = { now: () => real, after: () => () => undefined }

async function start(options: RescaleOptions = {}): Promise<void> {
  const data = await openDataFolder(folder, { now: () => real })
  expect(data.damage).toBeNull()
  rescale = createRescale({ wall, ...options, data })
}

async function restart(options: RescaleOptions = {}): Promise<void> {
  await rescale.close()
  await start(options)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-test-'))
})
afterEach(async () => {
  await rescale.close()
  await rm(folder, { recursive: true })
})

async function ask(method: string, path: string, body?: unknown, apiKey = rescale.apiKey): Promise<Response> {
  return rescale.fetch(`http://localhost${path}`, {
    method,
    headers: { authorization: `Token ${apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

async function upload(name: string, content: string): Promise<{ id: string }> {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  const answer = await rescale.fetch('http://localhost/api/v2/files/contents/', {
    method: 'POST',
    headers: { authorization: `Token ${rescale.apiKey}` },
    body: form,
  })
  return (await answer.json()) as { id: string }
}

async function submitted(changes: Parameters<typeof aJob>[0]): Promise<string> {
  const { id } = (await (await ask('POST', '/api/v2/jobs/', aJob(changes))).json()) as { id: string }
  expect((await ask('POST', `/api/v2/jobs/${id}/submit/`)).status).toBe(200)
  return id
}

/** All that clients can see. */
async function everything(): Promise<string[]> {
  const paths = ['/api/v2/jobs/?page_size=100', '/api/v2/files/?page_size=100', '/api/v2/users/me/']
  const texts = await Promise.all(paths.map(async (path) => (await ask('GET', path)).text()))
  const jobs = (JSON.parse(texts[0] ?? '') as { results: { id: string }[] }).results
  for (const { id } of jobs)
    for (const part of ['', 'statuses/', 'cluster_statuses/', 'runs/', 'files/', 'tags/'])
      texts.push(await (await ask('GET', `/api/v2/jobs/${id}/${part}`)).text())
  const files = (JSON.parse(texts[1] ?? '') as { results: { id: string }[] }).results
  for (const { id } of files) texts.push(await (await ask('GET', `/api/v2/files/${id}/contents/`)).text())
  return texts
}

describe('a world with a data folder', () => {
  it('is the same after a restart', async () => {
    await start()
    const { id } = await upload('range.inp', '1000')
    const job = await submitted({ command: 'cat range.inp', inputs: [{ id }] })
    await ask('POST', `/api/v2/jobs/${job}/tags/`, { name: 'mine' })
    rescale.world().settle()
    await submitted({ command: 'sleep 600' })
    rescale.world().advance('12m')
    await upload('later.inp', 'later')
    const before = await everything()
    await restart()
    expect(await everything()).toEqual(before)
    await restart()
    expect(await everything()).toEqual(before)
  })

  it('lets simulated runs go on as if nothing had happened', async () => {
    await start()
    const file = await upload('range.inp', '1000')
    const inputs = [{ id: file.id }]
    const command = 'cat range.inp; head -c 100000 /dev/urandom > big.bin; sleep 600; echo $RANDOM'
    const other = rescale.world().fork().apiKey
    const id = await submitted({ command, inputs })
    rescale.world().advance('10m')
    expect(rescale.world().platform.job(id).status).toBe('Executing')
    await upload('last.inp', 'x')
    await restart()
    expect(rescale.world().platform.job(id).status).toBe('Executing')
    rescale.world().settle()
    await upload('last.inp', 'x')
    const after = (await everything()).slice(3)
    // The same without a restart.
    const { world } = rescale
    rescale.world = (key = other) => world(key)
    const apiKey = { value: other }
    Object.defineProperty(rescale, 'apiKey', { get: () => apiKey.value })
    expect(await submitted({ command, inputs })).toBe(id)
    rescale.world().advance('10m')
    await upload('last.inp', 'x')
    rescale.world().settle()
    await upload('last.inp', 'x')
    expect((await everything()).slice(3)).toEqual(after)
  })

  it('lets runs that had not begun find their inputs', async () => {
    await start()
    const { id } = await upload('range.inp', '1000')
    const job = await submitted({ command: 'cat range.inp', inputs: [{ id }] })
    await restart()
    rescale.world().settle()
    const log = rescale.world().platform.outputFiles(job).slice(0, 1)[0]
    expect(await (await ask('GET', `/api/v2/files/${log?.id}/contents/`)).text()).toContain('1000')
  })

  it('keeps deleted things deleted, and their bytes gone', async () => {
    await start()
    const { id } = await upload('a.inp', 'a')
    await ask('DELETE', `/api/v2/files/${id}/`)
    await restart()
    expect((await ask('GET', `/api/v2/files/${id}/`)).status).toBe(404)
  })

  it('keeps pace, public keys, storage devices and asked endings', async () => {
    await start()
    rescale.world().setPace('per-request:1s')
    const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbJQ9XFHMbJkvlHoRSl0J7FJB4ihXd6m1DZ0z4Ea8UC me'
    expect((await ask('POST', '/_mock/ssh-keys/', { publicKey: line })).status).toBe(201)
    const job = await submitted({ command: 'sleep 600' })
    await ask('POST', `/_mock/jobs/${job}/outcome/`, { ending: 'out-of-memory' })
    await restart()
    expect(await (await ask('GET', '/_mock/time/')).json()).toMatchObject({ pace: 'per-request:1s' })
    expect(await (await ask('GET', '/_mock/ssh-keys/')).json()).toHaveLength(1)
    rescale.world().settle()
    expect(rescale.world().platform.job(job).runs[0]?.exitCode).toBe(137)
  })

  it('keeps planned faults, and what was consumed of them', async () => {
    await start()
    const me = async () => (await ask('GET', '/api/v2/users/me/')).status
    const faults = [
      { operation: 'getCurrentUser', kind: 'status', status: 503, times: 3 },
      { operation: 'getCurrentUser', kind: 'status', status: 418, chance: 0.5 },
    ]
    expect((await ask('POST', '/_mock/faults/', { faults })).status).toBe(201)
    expect([await me(), await me()]).toEqual([503, 503])
    const plans = await (await ask('GET', '/_mock/faults/')).text()
    await restart()
    expect(await (await ask('GET', '/_mock/faults/')).text()).toBe(plans)
    const seen: number[] = [await me()]
    for (let count = 0; count < 8; count += 1) {
      seen.push(await me())
      if (count === 3) await restart()
    }
    await using other = createRescale()
    other.world().faults.plan(faults as Parameters<World['faults']['plan']>[0])
    const without: number[] = []
    for (let count = 0; count < 11; count += 1) {
      const headers = { authorization: `Token ${other.apiKey}` }
      without.push((await other.fetch('http://localhost/api/v2/users/me/', { headers })).status)
    }
    expect(seen).toEqual(without.slice(2))
    expect((await ask('POST', '/_mock/faults/', { faults })).status).toBe(201)
    expect(
      rescale
        .world()
        .faults.plans()
        .map(({ name }) => name),
    ).toEqual(['plan-1', 'plan-2'])
    await ask('POST', '/_mock/world/reset/')
    await restart()
    expect(rescale.world().faults.plans()).toEqual([])
  })

  it('keeps the switch of throttling, its limits, and what was counted', async () => {
    await start()
    await ask('PUT', '/_mock/throttling/', { isOn: true, limits: { user: 5 } })
    for (let count = 0; count < 3; count += 1) await ask('GET', '/api/v2/users/me/')
    const report = await (await ask('GET', '/_mock/throttling/')).text()
    await restart({ throttling: false })
    expect(await (await ask('GET', '/_mock/throttling/')).text()).toBe(report)
    expect((await ask('GET', '/api/v2/users/me/')).status).toBe(200)
    expect((await ask('GET', '/api/v2/users/me/')).status).toBe(200)
    const refused = await ask('GET', '/api/v2/users/me/')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600'])
    rescale.world().advance('61m')
    expect((await ask('GET', '/api/v2/users/me/')).status).toBe(200)
    rescale.world().throttling.turnOff()
    await restart({ throttling: true })
    // Off is as it was before: whoever starts the server decides.
    expect(rescale.world().throttling.isOn).toBe(true)
  })

  it('keeps snapshots with their files, and goes back to them', async () => {
    await start()
    const { id } = await upload('range.inp', '1000')
    const job = await submitted({ command: 'cat range.inp; echo $RANDOM', inputs: [{ id }] })
    rescale.world().setPace('per-request:1s')
    expect((await ask('POST', '/_mock/world/snapshots/', { name: 'queued' })).status).toBe(201)
    rescale.world().snapshot('dropped')
    rescale.world().settle()
    rescale.world().snapshot('completed')
    await rescale.world().dropSnapshot('dropped')
    const then = await everything()
    await rescale.world().restore('queued')
    await ask('DELETE', `/api/v2/files/${id}/`)
    const summaries = rescale.world().snapshots()
    await restart()
    await restart()
    expect(rescale.world().snapshots()).toEqual(summaries)
    expect(summaries.map(({ name }) => name)).toEqual(['completed', 'queued'])
    await rescale.world().restore('completed')
    expect(rescale.world().pace).toBe('per-request:1s')
    expect((await everything()).slice(3)).toEqual(then.slice(3))
    await rescale.world().restore('queued')
    expect(rescale.world().platform.job(job).status).not.toBe('Completed')
    expect((await ask('GET', `/api/v2/files/${id}/contents/`)).status).toBe(200)
    rescale.world().settle()
    expect((await everything()).slice(3)).toEqual(then.slice(3))
    for (const { name } of summaries) await rescale.world().dropSnapshot(name)
    await ask('POST', '/_mock/world/reset/')
    await restart()
    expect(rescale.world().snapshots()).toEqual([])
  })

  it('keeps snapshots of a world that is forked, and none of one that is ended', async () => {
    await start()
    rescale.world().snapshot('mine')
    const { apiKey, tenantId } = rescale.world().fork()
    rescale.world(apiKey).snapshot('theirs')
    await ask('GET', '/_mock/world/')
    await restart()
    expect(
      rescale
        .world()
        .snapshots()
        .map(({ name }) => name),
    ).toEqual(['mine'])
    expect(
      rescale
        .world(apiKey)
        .snapshots()
        .map(({ name }) => name),
    ).toEqual(['theirs'])
    await rescale.deleteTenant(tenantId)
    await restart()
    expect(rescale.world(apiKey).snapshots()).toEqual([])
  })

  it('keeps a catalogue of its own, in its order', async () => {
    await start()
    const seed = {
      coreTypes: ['quartz', 'basalt', 'agate'].map((code) => ({ code, cores: [3] })),
      analyses: [{ code: 'our_solver', versions: [{ versionCode: '2' }, { versionCode: '1' }] }],
      projects: Array.from({ length: 12 }, (_, index) => ({ name: `Project ${12 - index}` })),
      computePrices: ['windows', 'linux'].map((os) => ({
        ...{ coreType: 'quartz', planType: 'on-demand', os, value: { amount: '0.1' } },
      })),
    }
    expect((await ask('POST', '/_mock/world/seed/', { catalogue: seed })).status).toBe(200)
    const catalogue = async () =>
      Promise.all(
        [
          'coretypes/?page_size=200',
          'analyses/our_solver/',
          'billing/computeprices/',
          'users/me/projects/',
        ].map(async (path) => (await ask('GET', `/api/v2/${path}`)).text()),
      )
    const before = await catalogue()
    expect(before[1]).toContain('our_solver')
    await restart()
    expect(await catalogue()).toEqual(before)
    await ask('POST', '/_mock/world/reset/')
    await restart()
    expect((await catalogue())[1]).not.toContain('our_solver')
  })

  it('keeps what a reset, a restore and a fork make of it', async () => {
    await start()
    await submitted({ command: 'echo a' })
    rescale.world().snapshot()
    await submitted({ command: 'echo b' })
    await rescale.world().restore()
    await ask('GET', '/_mock/world/')
    const { apiKey } = rescale.world().fork()
    await ask('GET', '/_mock/world/', undefined, apiKey)
    const jobs = await (await ask('GET', '/api/v2/jobs/')).text()
    await restart()
    expect(await (await ask('GET', '/api/v2/jobs/')).text()).toBe(jobs)
    expect(await (await ask('GET', '/api/v2/jobs/', undefined, apiKey)).text()).toBe(jobs)
    await rescale.world().reset()
    await restart()
    expect(rescale.world().platform.jobs().count).toBe(14)
  })

  it('keeps what a seed makes of it that has been seeded before', async () => {
    await start()
    const seed = {
      files: [{ name: 'range.inp', text: '1000' }],
      jobs: ['Completed', 'Queued'].map((status) => ({ ...aJob({ command: 'echo a' }), status })),
    }
    await ask('POST', '/_mock/world/seed/', seed)
    const then = await everything()
    await ask('POST', '/_mock/world/reset/')
    await restart()
    // Nothing is remembered from before a restart.
    for (let time = 0; time < 2; time += 1) {
      await ask('POST', '/_mock/world/reset/')
      await ask('POST', '/_mock/world/seed/', seed)
    }
    await restart()
    expect(await everything()).toEqual(then)
  })

  it('catches up with real time where time runs along, and stands still elsewhere', async () => {
    await start({ pace: '60x' })
    const id = await submitted({ command: 'sleep 60' })
    const then = rescale.world().now()
    await rescale.close()
    real += 20 * 60_000
    await start({ pace: '60x' })
    expect((await ask('GET', `/api/v2/jobs/${id}/`)).status).toBe(200)
    expect(rescale.world().platform.job(id).status).toBe('Completed')
    expect(rescale.world().now().getTime() - then.getTime()).toBe(20 * 60_000)
    rescale.world().setPace('still')
    const stands = rescale.world().now()
    real += 60_000
    await restart()
    expect(rescale.world().now()).toEqual(stands)
    rescale.world().advance('7m')
    const moved = rescale.world().now()
    await restart()
    expect(rescale.world().now()).toEqual(moved)
    rescale.world().setPace('per-request:30s')
    await restart()
    const steps = rescale.world().now()
    for (let count = 0; count < 3; count += 1) await ask('GET', '/api/v2/users/me/')
    await restart()
    expect(rescale.world().now().getTime() - steps.getTime()).toBe(90_000)
  })

  it('counts the time between the last request and the end, too', async () => {
    await start({ pace: 'real' })
    // The second is counted, and its count is written at the end.
    for (let count = 0; count < 2; count += 1) await ask('GET', '/api/v2/users/me/')
    const then = rescale.world().now()
    real += 60_000
    await restart({ pace: 'real' })
    expect((await ask('GET', '/api/v2/users/me/')).status).toBe(200)
    expect(rescale.world().now().getTime() - then.getTime()).toBe(60_000)
  })

  it('forgets a world that the admin ends, and remembers a key that the admin made', async () => {
    const apiKeys = ['1'.repeat(40)]
    await start({ apiKeys })
    const made = rescale.createTenant('2'.repeat(40))
    await ask('POST', '/api/v2/jobs/', aJob({ name: 'kept' }), '2'.repeat(40))
    await restart({ apiKeys })
    expect(await (await ask('GET', '/api/v2/jobs/', undefined, '2'.repeat(40))).text()).toContain('kept')
    expect((await ask('GET', '/api/v2/jobs/', undefined, '3'.repeat(40))).status).toBe(401)
    await rescale.deleteTenant(made?.tenantId ?? '')
    await restart({ apiKeys })
    expect((await ask('GET', '/api/v2/jobs/', undefined, '2'.repeat(40))).status).toBe(401)
  })

  it('lists and ends worlds whose keys nobody has used since the start', async () => {
    await start({ pace: 'real' })
    const keys = ['1', '2'].map((digit) => digit.repeat(40))
    for (const key of keys) await ask('POST', '/api/v2/jobs/', aJob({ name: 'kept' }), key)
    const contents = async () =>
      (await readdir(join(folder, 'content'), { recursive: true })).filter((name) => name.length > 10)
    const sampled = (await contents()).length
    await upload('a.inp', 'a')
    rescale.world().snapshot()
    expect((await contents()).length).toBeGreaterThan(sampled)
    const before = rescale.tenants()
    await rescale.close()
    real += 60_000
    await start({ pace: 'real' })
    const later = before.map((tenant) => ({
      ...tenant,
      keyEnding: null,
      now: new Date(tenant.now.getTime() + 60_000),
    }))
    expect(rescale.tenants()).toEqual(expect.arrayContaining(later))
    for (const { tenantId } of before.slice(1)) expect(await rescale.deleteTenant(tenantId)).toBe(true)
    expect(rescale.tenants()).toEqual(later.slice(0, 1))
    await expect.poll(async () => (await contents()).length).toBe(sampled / 2)
    await restart({ pace: 'real' })
    expect(rescale.tenants().map(({ tenantId }) => tenantId)).toEqual([before[0]?.tenantId])
    expect(await rescale.deleteTenant(before[1]?.tenantId ?? '')).toBe(false)
    expect(await (await ask('GET', '/api/v2/jobs/', undefined, keys[0])).text()).toContain('kept')
    expect(await (await ask('GET', '/api/v2/jobs/', undefined, keys[1])).text()).not.toContain('kept')
  })

  it('takes no key any more that was made for a world that ended in its sleep', async () => {
    const apiKeys = ['1'.repeat(40)]
    await start({ apiKeys })
    const made = rescale.createTenant('2'.repeat(40))
    await ask('POST', '/api/v2/jobs/', aJob(), '2'.repeat(40))
    await restart({ apiKeys })
    expect(await rescale.deleteTenant(made?.tenantId ?? '')).toBe(true)
    expect((await ask('GET', '/api/v2/jobs/', undefined, '2'.repeat(40))).status).toBe(401)
  })
})
