import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { shellExecutor } from '../../mock-server/executors/shell/shell-executor.ts'
import { createRescale } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'

/** A Rescale whose commands really run, with one job that is submitted. */
async function running(command: string) {
  const root = await mkdtemp(join(tmpdir(), 'localscale-test-'))
  const rescale = createRescale({ executor: (files) => shellExecutor({ root, files }) })
  const baseUrl = 'http://rescale.test'
  const { apiKey } = rescale
  const headers = { authorization: `Token ${apiKey}`, 'content-type': 'application/json' }
  const post = (path: string, body = '') => rescale.fetch(baseUrl + path, { method: 'POST', headers, body })
  const saved = await post('/api/v2/jobs/', JSON.stringify(aJob({ command })))
  const { id } = (await saved.json()) as { id: string }
  await post(`/api/v2/jobs/${id}/submit/`)
  return {
    id,
    world: rescale.world(),
    control: createControl({ baseUrl, apiKey, fetch: rescale.fetch }),
    async [Symbol.asyncDispose]() {
      await rescale.close()
      await rm(root, { recursive: true })
    },
  }
}

type Running = Awaited<ReturnType<typeof running>>

it('settles runs that really happen, in real time', async () => {
  await using job = await running('sleep 0.1; echo done')
  expect(job.world.advanceTo({ job: job.id, status: 'Completed' })).toBe(false)
  const { reached } = await job.control.time.advanceUntil('settled')
  expect([reached, job.world.platform.job(job.id).status]).toEqual([true, 'Completed'])
  expect(job.world.platform.job(job.id).cluster?.status).toBe('Stopped')
})

it('moves to a status beyond a run that really happens', async () => {
  await using job = await running('sleep 0.1; echo done')
  expect(await job.world.advanceUntil({ cluster: job.id, status: 'Stopped' })).toBe(true)
})

it.each([
  ['over HTTP', async ({ control }: Running) => control.time.advance('2h')],
  ['in process', async ({ world }: Running) => world.advanceBy('2h')],
])('lets a run that really happens end on the way, and what follows from it, %s', async (_, advance) => {
  await using job = await running('sleep 0.1; echo done')
  const begin = job.world.now().getTime()
  await advance(job)
  const { status, cluster, statuses } = job.world.platform.job(job.id)
  expect([status, cluster?.status]).toEqual(['Completed', 'Stopped'])
  expect(job.world.now().getTime() - begin).toBe(2 * 3_600_000)
  // Virtual time stands still while it runs.
  expect(statuses[0]?.at).toBe(statuses[1]?.at)
})

it('does not wait for a run longer than it is told to, nor twice', async () => {
  await using job = await running('sleep 600')
  const { running: now } = await job.control.time.advance('1h', { patience: '50ms' })
  expect([now, job.world.platform.job(job.id).status]).toEqual([1, 'Executing'])
  await job.control.time.advance('1h', { patience: '5m' })
  expect(job.world.platform.job(job.id).status).toBe('Executing')
  await expect(job.control.time.advance('1h', { patience: '6m' })).rejects.toMatchObject({ status: 400 })
  job.world.platform.forceStopJob(job.id)
  const settled = await job.control.time.advanceUntil('settled')
  expect([settled.running, job.world.platform.job(job.id).status]).toEqual([0, 'Force Stop'])
})

it('does not wait for a run longer than there is left to go', async () => {
  await using job = await running('sleep 600')
  job.world.advanceTo({ job: job.id, status: 'Executing' })
  const { running: now } = await job.control.time.advance('20ms', { patience: '5m' })
  expect(now).toBe(1)
})

it('waits for a run that really happens', async () => {
  await using job = await running('sleep 0.1; echo done')
  const options = { clock: 'virtual', timeout: '2h' } as const
  expect(await job.control.time.wait({ job: job.id, status: 'Completed' }, options)).toBe('reached')
})
