import { expect, it } from 'vitest'
import { savedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

describeRescale('the project of a job', (target) => {
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
})
