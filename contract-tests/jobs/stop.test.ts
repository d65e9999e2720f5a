import { expect, it } from 'vitest'
import { aJob, clusterStatuses, jobStatuses, savedJob, submittedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const endless = () => aJob({ command: 'sleep inf' })

describeRescale('a job that runs until it is stopped', (target) => {
  const post = (jobId: string, verb: string, init: RequestInit = {}) =>
    target().fetch(`/api/v2/jobs/${jobId}/${verb}/`, { method: 'POST', ...init })

  const executing = async () => {
    const job = await submittedJob(target(), endless())
    while ((await jobStatuses(target(), job.id))[0] !== 'Executing') target().world.advance('1s')
    return job
  }

  it('keeps executing, and lists its instances', async () => {
    const job = await executing()
    target().world.advance('30m')
    expect((await jobStatuses(target(), job.id))[0]).toBe('Executing')
    const { data } = await target().client.GET('/api/v2/jobs/{jobId}/instances/', {
      params: { path: { jobId: job.id } },
    })
    expect(data?.results).toMatchObject([
      {
        role: 'CUSTOM',
        username: `uprod_${job.id}`,
        publicIp: expect.any(String),
        sshPort: expect.any(Number),
      },
    ])
  })

  it('is Stopping by the user, then Completed', async () => {
    const job = await executing()
    const response = await post(job.id, 'stop', {
      headers: { 'content-type': 'application/json' },
      body: '{"name": "ignored"}',
    })
    expect(response.status).toBe(202)
    expect(await response.text()).toBe('')
    target().world.settle()
    const { data } = await target().client.GET('/api/v2/jobs/{jobId}/statuses/', {
      params: { path: { jobId: job.id } },
    })
    expect(data?.results.slice(0, 2).map(({ status }) => status)).toEqual(['Completed', 'Stopping'])
    expect(data?.results[1]?.statusReason).toBe('User Terminated')
    expect((await clusterStatuses(target(), job.id))[0]).toBe('Stopped')
    const instances = await target().client.GET('/api/v2/jobs/{jobId}/instances/', {
      params: { path: { jobId: job.id } },
    })
    expect(instances.data?.count).toBe(0)
  })

  it('can be force stopped', async () => {
    const job = await executing()
    await post(job.id, 'stop')
    const response = await post(job.id, 'force_stop')
    expect(response.status).toBe(202)
    target().world.settle()
    expect(await jobStatuses(target(), job.id)).toContain('Force Stop')
    expect((await clusterStatuses(target(), job.id))[0]).toBe('Stopped')
  })

  it('gets no further status when it is stopped before it was validated', async () => {
    const job = await submittedJob(target(), endless())
    expect((await post(job.id, 'stop')).status).toBe(202)
    target().world.settle()
    expect(await jobStatuses(target(), job.id)).toEqual(['Pending'])
  })

  it('ends at its walltime', async () => {
    const job = await executing()
    target().world.advance('61m')
    target().world.settle()
    expect((await jobStatuses(target(), job.id)).slice(0, 2)).toEqual(['Completed', 'Stopping'])
  })

  it('is refused for a job that does not run', async () => {
    const job = await savedJob(target())
    expect((await post(job.id, 'stop')).status).toBe(400)
    expect((await post('ABCDEF', 'stop')).status).toBe(404)
  })
})
