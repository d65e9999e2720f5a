import { expect, it } from 'vitest'
import { savedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

describeRescale('tags and sharing', (target) => {
  it('tags a job, and takes the tag away by body or by query', async () => {
    const { client } = target()
    const params = { path: { jobId: (await savedJob(target())).id } }
    for (const name of ['Wing', 'Tail']) {
      const { response } = await client.POST('/api/v2/jobs/{jobId}/tags/', { params, body: { name } })
      expect(response.status).toBe(201)
    }
    const { data: tags } = await client.GET('/api/v2/jobs/{jobId}/tags/', { params })
    expect(tags).toEqual([
      { name: 'Wing', normalizedName: 'wing' },
      { name: 'Tail', normalizedName: 'tail' },
    ])
    const byBody = await client.DELETE('/api/v2/jobs/{jobId}/tags/', { params, body: { name: 'Wing' } })
    const byQuery = await client.DELETE('/api/v2/jobs/{jobId}/tags/', {
      params: { ...params, query: { name: 'Tail' } },
    })
    expect([byBody.response.status, byQuery.response.status]).toEqual([204, 204])
    expect((await client.GET('/api/v2/jobs/{jobId}/tags/', { params })).data).toEqual([])
  })

  it('keeps what a company notes about a job, and answers with what was sent, as Nextflow’s plugin wants', async () => {
    const { client } = target()
    const params = { path: { jobId: (await savedJob(target())).id } }
    const path = '/api/v2/jobs/{jobId}/custom-fields/'
    expect((await client.GET(path, { params })).data).toEqual({})
    const sent = {
      Customer: 'ACME',
      'Run Number': 42,
      Approved: true,
      'Load Cases': ['LC1', 'LC2'],
      Note: null,
    }
    const { data, response } = await client.POST(path, { params, body: sent })
    expect([response.status, data]).toEqual([200, sent])
    await client.POST(path, { params, body: { Customer: 'Initech' } })
    const { data: fields } = await client.GET(path, { params })
    expect(Object.entries(fields ?? {}).map(([name, field]) => [name, field.meta.name, field.value])).toEqual(
      [
        ['Customer', 'Customer', 'Initech'],
        ['Run Number', 'Run Number', 42],
        ['Approved', 'Approved', true],
        ['Load Cases', 'Load Cases', ['LC1', 'LC2']],
        ['Note', 'Note', null],
      ],
    )
  })

  it.each([
    [[], { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
    [{ Customer: 'Initech', Approved: { by: 'me' } }, { Approved: ['Not a valid string.'] }],
    [{ ['x'.repeat(256)]: 1 }, { non_field_errors: [expect.stringContaining('255 characters')] }],
  ])('refuses custom fields that cannot be, and keeps those that are: %#', async (wrong, errors) => {
    const { client } = target()
    const params = { path: { jobId: (await savedJob(target())).id } }
    const path = '/api/v2/jobs/{jobId}/custom-fields/'
    await client.POST(path, { params, body: { Customer: 'ACME' } })
    const { error, response } = await client.POST(path, { params, body: wrong as never })
    expect([response.status, error]).toEqual([400, errors])
    expect((await client.GET(path, { params })).data).toEqual({
      Customer: { meta: { name: 'Customer' }, value: 'ACME' },
    })
  })

  it('assigns a job to a project of the company, and to none that there is not', async () => {
    const { client } = target()
    const { id: jobId } = await savedJob(target())
    const { data: user } = await client.GET('/api/v2/users/me/')
    const { code = '', projects: [project] = [] } = user?.company ?? {}
    const path = '/api/v2/organizations/{organizationCode}/jobs/{jobId}/project-assignment/'
    const assign = async (organizationCode: string, projectId: string) => {
      const params = { path: { organizationCode, jobId } }
      return (await client.POST(path, { params, body: { projectId } })).response.status
    }
    expect(await assign(code, project?.id ?? '')).toBe(201)
    expect(await assign(code, 'zzzzzz')).toBe(400)
    expect(await assign('somebody-else', project?.id ?? '')).toBe(404)
    const { data: job } = await client.GET('/api/v2/jobs/{jobId}/', { params: { path: { jobId } } })
    expect(job?.projectId).toBe(project?.id)
  })

  it('shares a job with somebody', async () => {
    const params = { path: { jobId: (await savedJob(target())).id } }
    const { data } = await target().client.POST('/api/v2/jobs/{jobId}/share/', {
      params,
      body: { email: 'support@example.com', message: 'please look' },
    })
    expect(data).toEqual({ recipient: 'support@example.com', supportDesk: null })
    const { data: job } = await target().client.GET('/api/v2/jobs/{jobId}/', { params })
    expect(job?.sharedWith).toEqual(['support@example.com'])
  })
})
