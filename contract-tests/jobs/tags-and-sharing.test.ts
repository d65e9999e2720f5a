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
