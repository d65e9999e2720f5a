import { expect, it } from 'vitest'
import { routes } from '../../openapi/generated/routes.ts'
import { aJob, jobIn, uploadedFile } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const stranger = { headers: { authorization: `Token ${'e'.repeat(40)}` } }

/** What operations with a body need to be understood at all. */
const bodies: Readonly<Record<string, unknown>> = {
  replaceJob: aJob({ name: 'stolen' }),
  updateJob: { name: 'stolen' },
  addJobTag: { name: 'stolen' },
  removeJobTag: { name: 'mine' },
  setJobCustomFields: { Customer: 'stolen' },
  assignJobToProject: { projectId: 'zzzzzz' },
  shareJob: { email: 'thief@example.com' },
  updateFile: { name: 'stolen' },
}

/** Paths that name something of a tenant, in methods that the description has for them. */
const privateRoutes = routes.filter(({ path }) => /\{(jobId|fileId|deviceId)\}/.test(path))

describeRescale('another key', (target) => {
  /** A job under way, a file and a storage device, by the names that paths have for them. */
  async function aWorld(): Promise<Record<string, string>> {
    const file = await uploadedFile(target(), 'secret.txt', 'mine')
    const { data: device } = await target().client.POST('/api/v2/storage-devices/', {
      body: { name: 'mine', storageSize: 1, hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 } },
    })
    const job = await jobIn(target(), 'Executing', aJob({ command: 'sleep inf', inputs: [{ id: file.id }] }))
    await target().fetch(`/api/v2/jobs/${job.id}/tags/`, json('POST', { name: 'mine' }))
    return {
      jobId: job.id,
      fileId: file.id,
      deviceId: device?.id ?? '',
      runId: '1',
      organizationCode: target().world.platform.user.company.code,
      path: 'process_output.log',
    }
  }

  const json = (method: string, body: unknown): RequestInit => ({
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

  const addressOf = (path: string, ids: Record<string, string>): string =>
    path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? `no ${name}`)

  /** All that the owner can read of it. */
  const readAll = (ids: Record<string, string>): Promise<(readonly [string, number, string])[]> =>
    Promise.all(
      privateRoutes
        .filter(({ method }) => method === 'GET')
        .map(async ({ path }) => {
          const response = await target().fetch(addressOf(path, ids))
          return [path, response.status, await response.text()] as const
        }),
    )

  it('finds nothing of this one under any path, and changes nothing', async () => {
    const ids = await aWorld()
    const before = await readAll(ids)
    expect(before.filter(([, status]) => status !== 200)).toEqual([])
    for (const { operationId, method, path } of privateRoutes) {
      const body = bodies[operationId] ?? { storageDevice: { id: ids.deviceId }, files: [{ id: ids.fileId }] }
      const asked = json(method, method === 'GET' ? undefined : body)
      const response = await target().anonymous(addressOf(path, ids), {
        ...asked,
        headers: { ...asked.headers, ...stranger.headers },
      })
      const answer = [operationId, response.status, await response.json()]
      expect.soft(answer).toEqual([operationId, 404, { detail: 'Not found.' }])
    }
    expect(await readAll(ids)).toEqual(before)
  })

  it('finds nothing of this one in any list', async () => {
    const { jobId, fileId, deviceId } = await aWorld()
    for (const path of ['jobs/?page_size=1000', 'files/?page_size=1000', 'storage-devices/?page_size=1000']) {
      const [own, foreign] = await Promise.all([
        target().fetch(`/api/v2/${path}`),
        target().anonymous(`/api/v2/${path}`, stranger),
      ])
      const seen = async (response: Response): Promise<boolean> => {
        const text = await response.text()
        return [jobId, fileId, deviceId].some((id) => id && text.includes(`"${id}"`))
      }
      expect([path, await seen(own), await seen(foreign)]).toEqual([path, true, false])
    }
  })

  it('cannot use a file of this one as an input', async () => {
    const file = await uploadedFile(target(), 'secret.txt', 'mine')
    const response = await target().anonymous('/api/v2/jobs/', {
      method: 'POST',
      headers: { ...stranger.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'theft',
        jobanalyses: [
          {
            analysis: { code: 'user_included', version: '0' },
            command: 'cat secret.txt',
            hardware: { coreType: 'granite', coresPerSlot: 2 },
            inputFiles: [{ id: file.id }],
          },
        ],
      }),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      jobanalyses: [{ inputFiles: [{ id: [expect.any(String)] }] }],
    })
  })
})
