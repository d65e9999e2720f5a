import { describe, expect, it } from 'vitest'
import { createClient, type JobStatus } from '../../client/index.ts'
import { aClock } from '../../client/test-support/clock.ts'
import { aFolder } from '../../client/test-support/folder.ts'
import { createRescale } from '../../mock-server/index.ts'
import { aCommandLine } from '../command-line/call.ts'
import { aJob } from '../fixtures.ts'

const MINUTE = 60_000

/** A job that was stopped while it had this status, on a mock whose time goes by as the client sleeps. */
async function aJobStoppedWhile(status: JobStatus) {
  const rescale = createRescale({ pace: 'still' })
  const clock = aClock((ms) => rescale.world().advance(ms))
  const { apiKey, fetch } = rescale
  const client = createClient({ baseUrl: 'http://rescale.test', apiKey, fetch, env: {}, clock })
  const { id } = await client.jobs.create(aJob())
  await client.jobs.submit(id)
  rescale.world().advanceTo({ job: id, status })
  return { rescale, clock, client, id, [Symbol.asyncDispose]: () => rescale.close() }
}

describe.each<JobStatus>(['Pending', 'Queued', 'Started'])('a job that is stopped while %s', (status) => {
  it('gets no further status, and is over for those who wait for one', async () => {
    await using job = await aJobStoppedWhile(status)
    const { client, clock, id } = job
    await client.jobs.stop(id)
    const before = clock.now()
    const seen: string[] = []
    const onStatus = (entry: { status: string }) => void seen.push(entry.status)
    const result = await client.jobs.waitFor(id, 'Completed', { onStatus })
    expect(result).toMatchObject({ reached: false, why: 'ended', last: { status } })
    expect(seen.at(-1)).toBe(status)
    expect(clock.now() - before).toBeLessThan(5 * MINUTE)
    expect(await client.jobs.outcome(id)).toMatchObject({ verdict: 'stopped', exitCode: undefined })
    expect(await client.jobs.hasEnded(id)).toBe(true)
  })

  it('can be deleted after a wait for its cluster, and ends a sync', async () => {
    await using job = await aJobStoppedWhile(status)
    await using folder = await aFolder()
    const { client, id } = job
    await client.jobs.stop(id)
    expect(await client.jobs.sync(id, { folder: folder.path })).toMatchObject({ status, results: [] })
    await client.jobs.waitForCluster(id, 'Stopped')
    await client.jobs.delete(id)
  })

  it('ends `rescale jobs watch` with 10, and `logs --follow`', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const args = '--command true --coretype granite --cores 2 --walltime 1 --submit'
    const { id } = await line.json<{ id: string }>(`jobs create ${args}`)
    line.rescale.world().advanceTo({ job: id, status })
    await line.call(`jobs stop ${id} --yes`)
    line.rescale.world().settle()
    const watched = await line.call(`jobs watch ${id} --interval 1ms`)
    expect([watched.code, watched.stdout]).toEqual([
      10,
      expect.stringContaining(`${id} stopped: it was stopped while ${status}`),
    ])
    expect((await line.call(`jobs logs ${id} --follow --interval 1ms`)).code).toBe(3)
    expect((await line.call(`jobs delete ${id} --wait --yes`)).code).toBe(0)
  })
})

it('does not take a job that only waits long for one that was stopped', async () => {
  const rescale = createRescale({ pace: 'still' })
  const clock = aClock()
  const { apiKey, fetch } = rescale
  await using client = createClient({ baseUrl: 'http://rescale.test', apiKey, fetch, env: {}, clock })
  const { id } = await client.jobs.create(aJob())
  expect(await client.jobs.hasEnded(id)).toBe(false)
  await client.jobs.submit(id)
  for (const status of ['Pending', 'Queued', 'Started'] as const) {
    rescale.world().advanceTo({ job: id, status })
    expect(await client.jobs.hasEnded(id)).toBe(false)
    const waiting = client.jobs.waitFor(id, 'Completed', { timeoutMs: 60 * MINUTE })
    await expect(waiting).rejects.toMatchObject({ name: 'WaitTimeoutError' })
  }
  await rescale.close()
})
