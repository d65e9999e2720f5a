import { expect, it } from 'vitest'
import { aJob, clusterStatuses, jobIn, jobStatuses, savedJob, submittedJob } from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'

const instancesOf = async ({ client }: Target, jobId: string) =>
  (await client.GET('/api/v2/jobs/{jobId}/instances/', { params: { path: { jobId } } })).data?.results ?? []

const connectionsOf = async ({ client }: Target, jobId: string) =>
  (await client.GET('/api/v2/jobs/{jobId}/connection_details/', { params: { path: { jobId } } })).data
    ?.connectionDetails

const newestClusterStatus = async (target: Target, jobId: string): Promise<string | undefined> =>
  (await clusterStatuses(target, jobId))[0]

describeRescale('the instances of a job', (target) => {
  it('are there from the moment that its cluster is Started until it is Stopped', async () => {
    const job = await submittedJob(target(), aJob({ command: 'sleep 60' }))
    const seen = new Map<string, Set<number>>()
    const until = async (isOver: () => Promise<boolean>): Promise<void> => {
      for (let seconds = 0; !(await isOver()) && seconds < 3_600; seconds += 9) {
        const status = (await newestClusterStatus(target(), job.id)) ?? 'none'
        const { length } = await instancesOf(target(), job.id)
        seen.set(status, (seen.get(status) ?? new Set()).add(length))
        expect(await connectionsOf(target(), job.id)).toHaveLength(length)
        target().world.advance('9s')
      }
    }
    await until(async () => (await newestClusterStatus(target(), job.id)) === 'Stopped')
    expect(await instancesOf(target(), job.id)).toEqual([])
    expect([...(seen.get('Starting') ?? [])]).toEqual([0])
    expect([...(seen.get('Started') ?? [])]).toEqual([1])
    expect(await jobStatuses(target(), job.id)).toContain('Completed')
  })

  it('tell where and as whom to log in, as do the connection details', async () => {
    const job = await jobIn(target(), 'Executing', aJob({ command: 'sleep inf' }))
    const [instance] = await instancesOf(target(), job.id)
    expect(instance).toMatchObject({
      role: 'CUSTOM',
      username: `uprod_${job.id}`,
      publicIp: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
      sshPort: expect.any(Number),
      supportedServices: ['ssh'],
      instanceGroup: 'compute0',
    })
    expect(await connectionsOf(target(), job.id)).toEqual([
      { host: instance?.publicIp, port: instance?.sshPort },
    ])
  })

  it('are none of a job that was never submitted', async () => {
    const job = await savedJob(target())
    expect(await instancesOf(target(), job.id)).toEqual([])
    expect(await connectionsOf(target(), job.id)).toEqual([])
  })
})
