import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JobStatus, jobStatuses } from '../../mock-server/domain/job-status.ts'
import { shellExecutor } from '../../mock-server/executors/shell/shell-executor.ts'
import { createRescale, type World } from '../../mock-server/index.ts'
import { aJob, jobStatuses as statusesOf } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

/** Of each status one job, in the order of a life. */
const everyState = (command = 'sleep 600') =>
  jobStatuses.map((status) => ({
    ...aJob({ name: status, command, isLowPriority: status === 'Waiting for Queue' }),
    status,
  }))

const states = ({ platform }: World) =>
  platform
    .jobs()
    .slice(0, jobStatuses.length)
    .map(({ name, status }) => [name, status])
    .toReversed()

const inTheirs = jobStatuses.map((status) => [status, status])

describeRescale('a seeded job', (target) => {
  it('is in any state there is, with the history of one that came there by itself', async () => {
    const { world } = target()
    await target().control.world.seed({ jobs: everyState() })
    expect(states(world)).toEqual(inTheirs)
    const histories = await Promise.all(
      world.platform
        .jobs()
        .slice(0, jobStatuses.length)
        .map(async ({ id, name }) => [name, (await statusesOf(target(), id)).toReversed()] as const),
    )
    const begin = ['Pending', 'Queued', 'Started', 'Validated', 'Executing']
    expect(Object.fromEntries(histories)).toEqual({
      Pending: ['Pending'],
      'Waiting for Queue': ['Pending', 'Waiting for Queue'],
      Queued: ['Pending', 'Queued'],
      'Waiting for Cluster': ['Pending', 'Queued', 'Waiting for Cluster'],
      Started: begin.slice(0, 3),
      Validated: begin.slice(0, 4),
      Executing: begin,
      Stopping: [...begin, 'Stopping'],
      'Force Stop': [...begin, 'Force Stop'],
      Completed: [...begin, 'Completed'],
    })
  })

  it('goes on from its state by itself', async () => {
    const { world } = target()
    await world.seed({ jobs: everyState() })
    world.settle()
    expect(states(world).filter(([, status]) => status !== 'Completed')).toEqual([
      ['Force Stop', 'Force Stop'],
    ])
    const { platform } = world
    for (const { cluster } of platform.jobs().slice(0, jobStatuses.length))
      expect(cluster?.status).toBe('Stopped')
  })

  it('is found by who asks for its state', async () => {
    await target().world.seed({ jobs: everyState() })
    for (const status of ['Stopping', 'Force Stop', 'Waiting for Cluster'] as const) {
      const { data } = await target().client.GET('/api/v2/jobs/', {
        params: { query: { job_status: status.toUpperCase().replaceAll(' ', '_') as 'STOPPING' } },
      })
      expect(data?.results.map(({ name }) => name)).toEqual([status])
    }
  })

  it('is not where jobs of its kind never are, and the seed says why', async () => {
    const job = { ...aJob(), status: 'Waiting for Queue' }
    await expect(target().world.seed({ jobs: [aJob(), job] })).rejects.toThrow(
      'jobs[1] does not get to Waiting for Queue: only jobs with "isLowPriority": true wait for the queue.',
    )
  })
})

it('seeds the same states whatever else is seeded with them', async () => {
  await using rescale = createRescale()
  const any = fc.record({
    status: fc.constantFrom(...jobStatuses),
    seconds: fc.integer({ min: 1, max: 5_000 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 8 }), async (wanted) => {
      const world = rescale.world()
      await world.reset()
      const jobs = wanted.map(({ status, seconds }) => ({
        ...aJob({ command: `sleep ${seconds}`, walltime: 2, isLowPriority: status === 'Waiting for Queue' }),
        status,
      }))
      await world.seed({ jobs })
      const seeded = world.platform.jobs().slice(0, wanted.length).toReversed()
      expect(seeded.map(({ status }) => status)).toEqual(wanted.map(({ status }) => status))
    }),
    { numRuns: 25 },
  )
})

describe('where commands really run, a seeded job', () => {
  async function shell() {
    const root = await mkdtemp(join(tmpdir(), 'localscale-test-'))
    const rescale = createRescale({ executor: (files) => shellExecutor({ root, files }) })
    return {
      world: rescale.world(),
      rescale,
      async [Symbol.asyncDispose]() {
        await rescale.close()
        await rm(root, { recursive: true })
      },
    }
  }
  const logOf = async ({ world, rescale }: Awaited<ReturnType<typeof shell>>, name: string) => {
    const job = world.platform.jobs({ search: name }).slice(0, 1)[0]
    const log = world.platform.outputFiles(job?.id ?? '', { search: 'process_output.log' }).slice(0, 1)[0]
    const answer = await rescale.fetch(`http://localhost/api/v2/files/${log?.id}/contents/`, {
      headers: { authorization: `Token ${rescale.apiKey}` },
    })
    return answer.text()
  }

  it('is in any state there is: Executing runs its command, and Completed has run it', async () => {
    await using here = await shell()
    const jobs = everyState().map((job) => {
      const [analysis] = job.jobanalyses
      const command = job.status === 'Completed' ? 'echo "really run by $0"' : 'sleep 600'
      return { ...job, jobanalyses: [{ ...analysis, command }] }
    })
    await here.world.seed({ jobs })
    expect(states(here.world)).toEqual(inTheirs)
    expect(here.world.platform.liveRuns).toBe(1)
    expect(await logOf(here, 'Completed')).toContain('really run by bash')
    const byStatus = (name: JobStatus) => here.world.platform.jobs({ search: name }).slice(0, 1)[0]
    expect(byStatus('Stopping')?.statuses.map(({ status }) => status)).not.toContain('Executing')
    here.world.settle()
    expect(byStatus('Stopping')?.status).toBe('Completed')
    expect(byStatus('Executing')?.status).toBe('Executing')
  })

  it('leaves commands alone that run already', async () => {
    await using here = await shell()
    await here.world.seed({
      jobs: [{ ...aJob({ name: 'first', command: 'echo once; sleep 0.3' }), status: 'Executing' }],
    })
    await here.world.seed({
      jobs: [{ ...aJob({ name: 'second', command: 'echo also' }), status: 'Completed' }],
    })
    await expect(here.world.seed({ jobs: [{ ...aJob(), status: 'None' }] })).rejects.toThrow('is none of')
    await here.world.advanceUntil('settled')
    expect((await logOf(here, 'first')).match(/\]: once/g)).toHaveLength(1)
  })
})
