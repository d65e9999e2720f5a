import { expect, it } from 'vitest'
import { announcedQuirks } from '../../mock-server/index.ts'
import { aJob, finishedJob, jobStatuses, savedJob, submittedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'

const patch = (target: Target, jobId: string, body: unknown) =>
  target.fetch(`/api/v2/jobs/${jobId}/`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const submit = (target: Target, jobId: string, init: RequestInit = {}) =>
  target.fetch(`/api/v2/jobs/${jobId}/submit/`, { method: 'POST', ...init })

describeRescale('a job that is saved', (target) => {
  it('can be changed', async () => {
    const job = await savedJob(target())
    const response = await patch(target(), job.id, { name: 'renamed' })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ id: job.id, name: 'renamed' })
  })

  it('is replaced by PUT', async () => {
    const job = await savedJob(target(), aJob({ description: 'old' }))
    const { data } = await target().client.PUT('/api/v2/jobs/{jobId}/', {
      params: { path: { jobId: job.id } },
      body: aJob({ name: 'new' }),
    })
    expect(data).toMatchObject({ id: job.id, name: 'new', description: '' })
  })

  it.each([
    ['no body', {}],
    [
      'a JSON body that nobody reads',
      { headers: { 'content-type': 'application/json' }, body: '{"waiveSla": true}' },
    ],
    ['a body that is no JSON', { headers: { 'content-type': 'application/json' }, body: '{' }],
  ])('is submitted with %s', async (_, init) => {
    const job = await savedJob(target())
    const response = await submit(target(), job.id, init)
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  it('cannot be submitted when an input file was deleted', async () => {
    const file = await uploadedFile(target(), 'gone.txt', 'x')
    const job = await savedJob(target(), aJob({ inputs: [{ id: file.id }] }))
    await target().fetch(`/api/v2/files/${file.id}/`, { method: 'DELETE' })
    expect((await submit(target(), job.id)).status).toBe(400)
    const { data } = await target().client.GET('/api/v2/jobs/{jobId}/', {
      params: { path: { jobId: job.id } },
    })
    expect(data?.jobanalyses[0]?.inputFiles).toMatchObject([{ id: file.id, isDeleted: true }])
  })
})

describeRescale('a job that is completed', (target) => {
  it('answers 200 to a change and to a second submit, without effect', async () => {
    const job = await finishedJob(target())
    const history = await jobStatuses(target(), job.id)
    const response = await patch(target(), job.id, { ...aJob(), name: 'too late' })
    expect(response.status).toBe(200)
    expect((await submit(target(), job.id)).status).toBe(200)
    target().world.settle()
    const { data } = await target().client.GET('/api/v2/jobs/{jobId}/', {
      params: { path: { jobId: job.id } },
    })
    expect(data?.name).toBe(job.name)
    expect(await jobStatuses(target(), job.id)).toEqual(history)
  })
})

describeRescale(
  'a completed job, as announced',
  (target) => {
    it('refuses a change and a second submit', async () => {
      const job = await finishedJob(target())
      expect((await patch(target(), job.id, { name: 'too late' })).status).toBe(400)
      const response = await submit(target(), job.id)
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('started')
    })
  },
  { quirks: announcedQuirks },
)

describeRescale('deleting a job', (target) => {
  const remove = (jobId: string, query = '') =>
    target().fetch(`/api/v2/jobs/${jobId}/${query}`, { method: 'DELETE' })

  it('is refused until its cluster is stopped', async () => {
    const job = await submittedJob(target(), aJob({ command: 'echo done' }))
    while ((await jobStatuses(target(), job.id))[0] !== 'Completed') target().world.advance('1s')
    expect((await remove(job.id)).status).toBe(400)
    target().world.advance('2m')
    expect((await remove(job.id)).status).toBe(204)
    expect((await target().fetch(`/api/v2/jobs/${job.id}/`)).status).toBe(404)
    expect((await remove(job.id)).status).toBe(404)
  })

  it('deletes its input files when asked to, as Python writes it', async () => {
    const file = await uploadedFile(target(), 'in.txt', 'x')
    const kept = await uploadedFile(target(), 'kept.txt', 'x')
    const job = await finishedJob(target(), aJob({ command: 'cat in.txt', inputs: [{ id: file.id }] }))
    expect((await remove(job.id, '?deleteInputFiles=True')).status).toBe(204)
    expect((await target().fetch(`/api/v2/files/${file.id}/`)).status).toBe(404)
    expect((await target().fetch(`/api/v2/files/${kept.id}/`)).status).toBe(200)
  })

  it('deletes a job that was never submitted', async () => {
    const job = await savedJob(target())
    expect((await remove(job.id)).status).toBe(204)
  })
})
