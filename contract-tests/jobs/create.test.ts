import { expect, it } from 'vitest'
import { aJob, jobStatuses, savedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

describeRescale('creating a job', (target) => {
  it('saves it without running anything', async () => {
    const job = await savedJob(target(), aJob({ name: 'airfoil' }))
    expect(job.id).toMatch(/^[A-Za-z]{6}$/)
    expect(job).toMatchObject({ name: 'airfoil', isLowPriority: false, projectId: null })
    expect(job.jobanalyses[0]).toMatchObject({
      analysis: { code: 'user_included', name: 'Bring Your Own Software', version: '0', versionName: 'CPU' },
      hardware: { coreType: { code: 'granite' }, coresPerSlot: 2, slots: 1, walltime: 1, type: 'compute' },
    })
    expect(await jobStatuses(target(), job.id)).toEqual([])
    target().world.settle()
    expect(await jobStatuses(target(), job.id)).toEqual([])
  })

  it('refuses one core on granite, and says where', async () => {
    const job = aJob()
    const analysis = {
      ...job.jobanalyses[0],
      hardware: { coreType: 'granite', coresPerSlot: 1, walltime: 1 },
    }
    const response = await target().fetch('/api/v2/jobs/', post({ ...job, jobanalyses: [analysis] }))
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      jobanalyses: [{ hardware: { coresPerSlot: [expect.stringContaining('granite')] } }],
    })
  })

  it('puts errors where their input is, and {} where there are none', async () => {
    const [analysis] = aJob().jobanalyses
    const broken = { ...analysis, command: '', hardware: { coreType: 'granite', coresPerSlot: 'two' } }
    const response = await target().fetch('/api/v2/jobs/', post({ jobanalyses: [analysis, broken] }))
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({
      name: ['This field is required.'],
      jobanalyses: [
        {},
        {
          command: ['This field may not be blank.'],
          hardware: { coresPerSlot: ['A valid integer is required.'] },
        },
      ],
    })
  })

  it('refuses a version by its display name', async () => {
    const [analysis] = aJob().jobanalyses
    const named = { ...analysis, analysis: { code: 'user_included', version: 'CPU' } }
    const response = await target().fetch('/api/v2/jobs/', post({ name: 'x', jobanalyses: [named] }))
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('The specified version is not available.')
  })

  it('takes numbers and booleans as text, snake case for the project, and ignores unknown keys', async () => {
    const { data: projects } = await target().client.GET('/api/v2/users/me/projects/')
    const projectId = projects?.results[0]?.id
    const [analysis] = aJob().jobanalyses
    const loose = {
      ...analysis,
      useMpi: 'true',
      hardware: { coreType: { code: 'granite' }, coresPerSlot: '4', walltime: '2' },
    }
    const response = await target().fetch(
      '/api/v2/jobs/',
      post({
        name: 'loose',
        isLowPriority: 'true',
        project_id: projectId,
        noSuchKey: { a: 1 },
        jobanalyses: [loose],
      }),
    )
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({
      projectId,
      isLowPriority: true,
      jobanalyses: [{ hardware: { coresPerSlot: 4, walltime: 2 } }],
    })
  })

  it('refuses a project that is not there, and takes an empty one for none', async () => {
    expect((await target().fetch('/api/v2/jobs/', post(aJob({ projectId: '' })))).status).toBe(201)
    const response = await target().fetch('/api/v2/jobs/', post(aJob({ projectId: 'nosuch' })))
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ projectId: [expect.any(String)] })
  })

  it('takes a job back that was read, as a copy', async () => {
    const file = await uploadedFile(target(), 'a.txt', 'a')
    const original = await savedJob(target(), aJob({ inputs: [{ id: file.id, decompress: false }] }))
    const response = await target().fetch('/api/v2/jobs/', post({ ...original, name: 'the copy' }))
    expect(response.status).toBe(201)
    const copy = (await response.json()) as typeof original
    expect(copy.id).not.toBe(original.id)
    expect(copy.jobanalyses[0]?.inputFiles).toMatchObject([{ id: file.id, name: 'a.txt', decompress: false }])
  })

  it.each([
    [
      'no JSON',
      '{',
      400,
      'JSON parse error - Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
    ],
    ['a list', '[]', 400, 'Invalid data'],
    ['nothing', '', 400, 'This field is required.'],
  ])('refuses %s', async (_, body, status, text) => {
    const response = await target().fetch('/api/v2/jobs/', { ...post({}), body })
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(text)
  })

  it('refuses a media type that is not JSON', async () => {
    const response = await target().fetch('/api/v2/jobs/', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'a,b',
    })
    expect(response.status).toBe(415)
    expect(await response.json()).toEqual({ detail: 'Unsupported media type "text/csv" in request.' })
  })

  it('changes nothing when it refuses', async () => {
    const before = await (await target().fetch('/api/v2/jobs/')).text()
    await target().fetch('/api/v2/jobs/', post({ name: 'half', jobanalyses: [{ command: 'x' }] }))
    expect(await (await target().fetch('/api/v2/jobs/')).text()).toBe(before)
  })
})
