import { expect, it } from 'vitest'
import {
  aJob,
  clusterStatuses,
  finishedJob,
  jobStatuses,
  logLines,
  savedJob,
  submittedJob,
} from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const success = ['Completed', 'Executing', 'Validated', 'Started', 'Queued', 'Pending']
const stoppedCluster = [
  'Stopped',
  'Stopping',
  'Stop Requested',
  'Started',
  'Starting',
  'Queued',
  'Not Started',
]

describeRescale('the life of a job', (target) => {
  it('goes from Pending to Completed, newest first', async () => {
    const job = await finishedJob(target())
    expect(await jobStatuses(target(), job.id)).toEqual(success)
    const { data } = await target().client.GET('/api/v2/jobs/{jobId}/statuses/', {
      params: { path: { jobId: job.id } },
    })
    expect(data?.results[0]?.statusReason).toBe('Completed successfully')
    expect(data?.results.map(({ statusDate }) => statusDate)).toSatisfy((dates: string[]) =>
      dates.every((date) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/.test(date)),
    )
  })

  it('waits for the queue when it is an economy job', async () => {
    const job = await finishedJob(target(), aJob({ command: 'echo done', isLowPriority: true }))
    expect(await jobStatuses(target(), job.id)).toEqual([
      ...success.slice(0, 4),
      'Queued',
      'Waiting for Queue',
      'Pending',
    ])
  })

  it('is Completed while its cluster is still up', async () => {
    const job = await submittedJob(target(), aJob({ command: 'echo done' }))
    while ((await jobStatuses(target(), job.id))[0] !== 'Completed') target().world.advance('1s')
    expect((await clusterStatuses(target(), job.id))[0]).not.toBe('Stopped')
    target().world.advance('60s')
    expect(await clusterStatuses(target(), job.id)).toEqual(stoppedCluster)
  })

  it('has no cluster before it is queued', async () => {
    const job = await savedJob(target())
    const response = await target().fetch(`/api/v2/jobs/${job.id}/cluster_statuses/`)
    expect(response.status).toBe(404)
  })

  it('does not happen before its time', async () => {
    const job = await submittedJob(target())
    expect(await jobStatuses(target(), job.id)).toEqual(['Pending'])
    target().world.advance('1ms')
    expect(await jobStatuses(target(), job.id)).toEqual(['Pending'])
  })

  it('writes cluster dates with Z', async () => {
    const job = await finishedJob(target())
    const { data } = await target().client.GET('/api/v2/jobs/{jobId}/cluster_statuses/', {
      params: { path: { jobId: job.id } },
    })
    expect(data?.results.every(({ statusDate }) => statusDate.endsWith('Z'))).toBe(true)
  })

  it('completes, yet tells in its log that the script was not there', async () => {
    const job = await finishedJob(target(), aJob())
    expect((await jobStatuses(target(), job.id))[0]).toBe('Completed')
    const lines = await logLines(target(), job.id)
    expect(lines.join('')).toContain('calculate_pi.py')
    expect(lines.at(-2)?.slice(24)).toMatch(/^Exited with code [1-9]\d*\n$/)
    expect(lines.at(-1)?.slice(24)).toBe('\n')
    expect(lines.every((line) => /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\]: /.test(line))).toBe(true)
  })

  it('shows one run of a basic job', async () => {
    const job = await finishedJob(target())
    const { data } = await target().client.GET('/api/v2/jobs/{jobId}/runs/', {
      params: { path: { jobId: job.id } },
    })
    expect(data?.results).toMatchObject([{ id: '1', type: 3, outputFileCount: expect.any(Number) }])
    const files = await target().client.GET('/api/v2/jobs/{jobId}/runs/{runId}/files/', {
      params: { path: { jobId: job.id, runId: '1' } },
    })
    expect(files.data?.results.map(({ name }) => name)).toContain('process_output.log')
  })
})
