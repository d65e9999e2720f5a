import { afterEach, expect, it, vi } from 'vitest'
import { knownCatalogue } from './catalogue/known-catalogue.ts'
import { Platform } from './domain/platform.ts'
import { StoredJob } from './domain/stored-job.ts'
import { createRescale, type World } from './index.ts'

afterEach(() => vi.restoreAllMocks())

function submittedJobs(world: World, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const hardware = { coreType: 'granite', coresPerSlot: 2, walltime: 1 }
    const analysis = { code: 'user_included', version: '0' }
    const jobanalyses = [{ analysis, command: 'echo done', hardware }]
    const { id } = world.platform.createJob({ name: `job ${index}`, jobanalyses }, knownCatalogue)
    world.platform.submitJob(id)
    return id
  })
}

/** How often something is done on the way to the last job's last status. */
async function work(jobs: number) {
  await using rescale = createRescale()
  const world = rescale.world()
  const ids = submittedJobs(world, jobs)
  const histories = vi.spyOn(StoredJob.prototype, 'clusterHistory', 'get')
  const steps = vi.spyOn(Platform.prototype, 'advanceTo')
  const last = ids.at(-1) ?? ''
  expect(world.advanceTo({ cluster: last, status: 'Stopped' })).toBe(true)
  const done = { histories: histories.mock.calls.length, steps: steps.mock.calls.length }
  vi.restoreAllMocks()
  return done
}

it('looks into one history as often as that grows, however many other jobs there are', async () => {
  const [few, many] = [await work(10), await work(400)]
  // Statuses of the job, of its cluster, and what else changes it.
  expect(few.histories).toBeLessThan(30)
  expect(many.histories).toBeLessThan(30)
  expect(many.steps / few.steps).toBeLessThan(1.2 * 40)
})

it('lists what is due in its order, each thing once it has been booked', async () => {
  await using rescale = createRescale()
  const world = rescale.world()
  submittedJobs(world, 3)
  const due = world.due().map(({ at }) => at.getTime())
  expect(due).toHaveLength(3)
  expect(due).toEqual(due.toSorted((one, other) => one - other))
  expect(world.advanceTo('next')).toBe(true)
  expect(world.now().getTime()).toBe(due[0])
})

it('can be frozen', async () => {
  await using rescale = createRescale({ pace: 'settled' })
  const world = rescale.world()
  expect(world.pace).toBe('settled')
  world.freeze()
  const [id = ''] = submittedJobs(world, 1)
  expect([world.pace, world.platform.job(id).status]).toEqual(['still', 'Pending'])
})

it.each(['9000000h', Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN, -1])(
  'does not move by %j, and stays where it was',
  async (by) => {
    await using rescale = createRescale()
    const world = rescale.world()
    submittedJobs(world, 1)
    const [before, due] = [world.now(), world.due()]
    expect(() => world.advance(by)).toThrow(RangeError)
    await expect(world.advanceBy(by)).rejects.toThrow(RangeError)
    expect([world.now(), world.due()]).toEqual([before, due])
  },
)

it('goes on answering at the end of time', async () => {
  await using rescale = createRescale({
    pace: 'per-request:8760h',
    startAt: new Date('2254-06-01T00:00:00Z'),
  })
  const headers = { authorization: `Token ${rescale.apiKey}` }
  const me = async () => (await rescale.fetch('http://rescale.test/api/v2/users/me/', { headers })).status
  const world = rescale.world()
  const [id = ''] = submittedJobs(world, 1)
  expect([await me(), await me(), await me()]).toEqual([200, 200, 200])
  expect(world.now()).toEqual(new Date('2255-01-01T00:00:00Z'))
  const [late = ''] = submittedJobs(world, 1)
  expect(await me()).toBe(200)
  expect([id, late].map((one) => world.platform.job(one).status)).toEqual(['Completed', 'Completed'])
})
