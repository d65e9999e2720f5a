import { describe, expect, it } from 'vitest'
import { announcedQuirks, createRescale } from '../../mock-server/index.ts'
import {
  aJob,
  finishedJob,
  jobStatuses,
  logLines,
  savedJob,
  submittedJob,
  uploadedFile,
} from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'
import { allPages, post, readJson, sendJson } from './wire-calls.ts'

/** The tags name clients; api-facts §0.2 says which, and §11.1 what each needs. */

const wrongKey = { headers: { authorization: `Token ${'z'.repeat(40)}` } }

const detailOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { detail?: unknown }).detail

async function newestStatus(target: Target, jobId: string) {
  const { results } = await readJson<{ results: { status: string; statusReason: string | null }[] }>(
    target,
    `jobs/${jobId}/statuses/`,
  )
  return results[0]
}

describeRescale('calls of known clients', (target) => {
  it('RPY, IL: the root tells a good key from a bad one', async () => {
    expect((await target().anonymous('/api/v2/', wrongKey)).status).toBe(401)
    expect((await target().fetch('/api/v2/')).status).not.toBe(401)
  })

  it('TN21, PY26: a bad key is told so in these words', async () => {
    const response = await target().anonymous('/api/v2/users/me/', wrongKey)
    expect([response.headers.get('content-type'), await detailOf(response)]).toEqual([
      'application/json',
      'Invalid token.',
    ])
  })

  it('SDK19: a GET may have a content type, and its pages a size', async () => {
    const response = await target().fetch('/api/v2/jobs/?page_size=100', {
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(200)
  })

  it('KT19, SS20, RCL: pages may be as large as a client likes', async () => {
    for (const size of [500, 999, 9999]) {
      const page = await readJson<{ count: number; results: unknown[]; next: unknown }>(
        target(),
        `analyses/?page_size=${size}`,
      )
      expect(page.results.length).toBe(Math.min(size, page.count))
    }
  })

  it('IL, NB: every list leads from page to page until all is told', async () => {
    await finishedJob(target(), aJob({ command: 'touch part.a part.b' }))
    for (let number = 0; number < 12; number++) await uploadedFile(target(), `part.${number}`, 'x')
    for (const path of ['jobs/?state=completed', 'files/?search=part', 'coretypes/?isActive=true']) {
      const { count } = await readJson<{ count: number }>(target(), path)
      const rows = await allPages<{ id?: string; code?: string }>(target(), path)
      expect([path, new Set(rows.map(({ id, code }) => id ?? code)).size]).toEqual([path, count])
    }
  })

  it('TS19, SDK3: jobs under way are found by t=1, also when a client says it twice', async () => {
    const { id } = await submittedJob(target())
    await savedJob(target())
    for (const query of ['t=1', 't=1&t=1'])
      expect((await allPages(target(), `jobs/?${query}`)).map((row) => row.id)).toEqual([id])
  })

  it('all: upload and creation answer exactly 201, submit 200, stop 202', async () => {
    const form = new FormData()
    form.append('file', new Blob(['x']), 'x.txt')
    const upload = await target().fetch('/api/v2/files/contents/', { method: 'POST', body: form })
    const creation = await sendJson(target(), 'POST', 'jobs/', aJob({ command: 'sleep inf' }))
    const { id, dateInserted } = (await creation.json()) as { id: string; dateInserted: string }
    expect([id, dateInserted]).toEqual([expect.stringMatching(/^[A-Za-z]{6}$/), expect.stringMatching(/Z$/)])
    const submit = await sendJson(target(), 'POST', `jobs/${id}/submit/`, { waiveSla: true })
    const stop = await sendJson(target(), 'POST', `jobs/${id}/stop/`, aJob())
    expect([upload.status, creation.status, submit.status, stop.status]).toEqual([201, 201, 200, 202])
    expect([await submit.text(), await stop.text()]).toEqual(['', ''])
  })

  it('SDK19, SDK3: files may be uploaded by PUT', async () => {
    const form = new FormData()
    form.append('file', new Blob(['x']), 'put.txt')
    const response = await target().fetch('/api/v2/files/contents/', { method: 'PUT', body: form })
    expect(response.status).toBe(201)
    expect((await allPages(target(), 'files/?search=put.t')).map(({ name }) => name)).toEqual(['put.txt'])
  })

  it('RS20: a refused upload has a detail, and so has one with a bad key', async () => {
    const upload = { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data' } }
    expect(await detailOf(await target().fetch('/api/v2/files/contents/', upload))).toEqual(
      expect.any(String),
    )
    const headers = { ...upload.headers, ...wrongKey.headers }
    const refused = await target().anonymous('/api/v2/files/contents/', { ...upload, headers })
    expect([refused.status, await detailOf(refused)]).toEqual([401, 'Invalid token.'])
  })

  it('TN21: content types are exact', async () => {
    const file = await uploadedFile(target(), 'a.txt', 'a')
    const type = async (path: string) => (await target().fetch(`/api/v2/${path}`)).headers.get('content-type')
    expect(await type('jobs/')).toBe('application/json')
    expect(await type(`files/${file.id}/`)).toBe('application/json')
    expect(['text/plain', 'application/octet-stream']).toContain(await type(`files/${file.id}/contents/`))
  })

  it('NF: a status is there from the submit on, and a success never has Stopping', async () => {
    const { id } = await submittedJob(target())
    expect((await newestStatus(target(), id))?.status).toBe('Pending')
    while ((await newestStatus(target(), id))?.status !== 'Completed') target().world.advance('5s')
    expect(await jobStatuses(target(), id)).not.toContain('Stopping')
  })

  it('ASM, KT19: success is told in these words', async () => {
    const { id } = await finishedJob(target())
    expect(await newestStatus(target(), id)).toMatchObject({
      status: 'Completed',
      statusReason: 'Completed successfully',
    })
  })

  it('NF, B21: a stopped job went through Stopping, terminated by its user', async () => {
    const { id } = await submittedJob(target(), aJob({ command: 'sleep inf' }))
    target().world.settle()
    await post(target(), `jobs/${id}/stop/`)
    target().world.settle()
    const rows = await allPages(target(), `jobs/${id}/statuses/`)
    expect(rows.slice(0, 2)).toMatchObject([
      { status: 'Completed' },
      { status: 'Stopping', statusReason: 'User Terminated' },
    ])
  })

  it('SDK19: a job that was never submitted has no statuses, and no cluster yet', async () => {
    const { id } = await savedJob(target())
    expect(await readJson(target(), `jobs/${id}/statuses/`)).toMatchObject({ count: 0, results: [] })
    expect((await target().fetch(`/api/v2/jobs/${id}/cluster_statuses/`)).status).toBe(404)
    expect(await readJson(target(), `jobs/${id}/instances/`)).toMatchObject({ results: [] })
  })

  it('B21, DK17, JW22: text stands for numbers and booleans', async () => {
    const job = aJob({ isLowPriority: 'true' })
    const [analysis] = job.jobanalyses
    const hardware = { ...analysis?.hardware, coresPerSlot: '4', walltime: '2' }
    const jobanalyses = [{ ...analysis, hardware, useMpi: 'true', useRescaleLicense: 'false' }]
    const response = await sendJson(target(), 'POST', 'jobs/', { ...job, jobanalyses })
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({
      isLowPriority: true,
      jobanalyses: [{ hardware: { coresPerSlot: 4, walltime: 2 }, useMpi: true, useRescaleLicense: false }],
    })
  })

  it('TN21, SDK19, CLN: an analysis by the name of its version or by its code alone, a core type as an object', async () => {
    const [analysis] = aJob().jobanalyses
    for (const chosen of [{ code: 'user_included', versionName: 'CPU' }, { code: 'user_included' }]) {
      const hardware = { ...analysis?.hardware, coreType: { code: 'granite' } }
      const response = await sendJson(target(), 'POST', 'jobs/', {
        name: 'x',
        jobanalyses: [{ ...analysis, analysis: chosen, hardware }],
      })
      expect(response.status).toBe(201)
      expect(await response.json()).toMatchObject({ jobanalyses: [{ analysis: { version: '0' } }] })
    }
  })

  it('MSJ25, NF: a tile without a command has #none or a colon', async () => {
    const [analysis] = aJob().jobanalyses
    const tiles = ['echo done', '#none', ':', '# '].map((command) => ({ ...analysis, command }))
    const response = await sendJson(target(), 'POST', 'jobs/', { name: 'x', jobanalyses: tiles })
    const { id } = (await response.json()) as { id: string }
    await post(target(), `jobs/${id}/submit/`)
    target().world.settle()
    expect((await newestStatus(target(), id))?.statusReason).toBe('Completed successfully')
  })

  it('MSJ25: thirty jobs in one burst have thirty ids', async () => {
    const jobs = await Promise.all(Array.from({ length: 30 }, () => submittedJob(target())))
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(30)
  })

  it('TS19: a study has a file of parameters, templates and ten slots', async () => {
    const [params, template] = [
      await uploadedFile(target(), 'runs.csv', 'angle\n1\n2\n'),
      await uploadedFile(target(), 'U.template', 'angle is the word\n'),
    ]
    const [analysis] = aJob().jobanalyses
    const response = await sendJson(target(), 'POST', 'jobs/', {
      name: 'study',
      paramFile: { id: params.id },
      jobanalyses: [
        {
          ...analysis,
          hardware: { ...analysis?.hardware, slots: 10 },
          templateTasks: [{ templateFile: { id: template.id }, processedFilename: '0/U' }],
        },
      ],
    })
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({
      paramFile: { id: params.id },
      jobanalyses: [{ hardware: { slots: 10 }, templateTasks: [{ processedFilename: '0/U' }] }],
    })
  })

  it('SDK19, MC26: a job may be read and posted back whole', async () => {
    const file = await uploadedFile(target(), 'a.txt', 'a')
    const { id } = await savedJob(target(), aJob({ inputs: [{ id: file.id }] }))
    const read = await readJson(target(), `jobs/${id}`)
    const response = await sendJson(target(), 'POST', 'jobs/', { ...read, name: 'copy', clonedFrom: id })
    expect(response.status).toBe(201)
    const copy = (await response.json()) as { id: string }
    expect(copy).toMatchObject({
      name: 'copy',
      clonedFrom: id,
      jobanalyses: [{ inputFiles: [{ id: file.id }] }],
    })
    expect(copy.id).not.toBe(id)
  })

  it('RPY, MC26: a change of project or folder comes back in its answer, also of a completed job', async () => {
    const [project] = await allPages<{ id: string }>(target(), 'users/me/projects/')
    for (const { id } of [await savedJob(target()), await finishedJob(target())]) {
      const moved = await sendJson(target(), 'PATCH', `jobs/${id}/`, { projectId: project?.id })
      expect([moved.status, await moved.json()]).toMatchObject([200, { projectId: project?.id }])
      const filed = await sendJson(target(), 'PATCH', `jobs/${id}/`, { folderId: 'AbCdEf' })
      expect([filed.status, await filed.json()]).toMatchObject([200, { folderId: 'AbCdEf' }])
    }
  })

  it('NF: an unknown project is refused under the key projectId, with a list of texts', async () => {
    const response = await sendJson(target(), 'POST', 'jobs/', aJob({ projectId: 'NoSuch' }))
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ projectId: [expect.any(String)] })
  })

  it('NF: what is refused has texts in lists at its leaves', async () => {
    const response = await sendJson(target(), 'POST', 'jobs/', {
      jobanalyses: [{ command: 1, hardware: [] }],
    })
    const leaves = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]
    expect(response.status).toBe(400)
    expect(leaves(await response.json()).every((leaf) => typeof leaf === 'string')).toBe(true)
  })

  it('SH23: outputs become inputs of the next job, and are unpacked', async () => {
    const first = await finishedJob(target(), aJob({ command: 'echo result > result.txt' }))
    const [output] = await allPages<{ id: string }>(target(), `jobs/${first.id}/files/?search=result.txt`)
    const inputs = [{ id: output?.id ?? '', decompress: true }]
    const second = await finishedJob(target(), aJob({ command: 'cat result.txt', inputs }))
    expect((await logLines(target(), second.id)).join('')).toContain(': result\n')
  })

  it('SI21: the count of output files is the number of them, all pages together', async () => {
    const { id } = await finishedJob(target(), aJob({ command: 'touch a b c d e f g h i j k l m' }))
    const { count } = await readJson<{ count: number }>(target(), `jobs/${id}/files/`)
    const files = await allPages<{ downloadUrl: string }>(target(), `jobs/${id}/files/`)
    expect(count).toBeGreaterThan(10)
    expect(files.length).toBe(count)
  })

  it('TN21, KT19: without an active run, live calls answer an object with a detail', async () => {
    const { id } = await finishedJob(target())
    for (const path of [
      'directory-contents/',
      'tail/process_output.log',
      'tail/process_output.log?lines=5',
    ]) {
      const response = await target().fetch(`/api/v2/jobs/${id}/runs/1/${path}`, { redirect: 'follow' })
      expect(Math.floor(response.status / 100)).toBe(4)
      expect(await detailOf(response)).toEqual(expect.any(String))
    }
  })

  it('KT19, RS20: a deleted file vanishes from lists', async () => {
    const { id } = await uploadedFile(target(), 'gone.txt', 'x')
    expect((await target().fetch(`/api/v2/files/${id}/`, { method: 'DELETE' })).status).toBe(204)
    const rows = await allPages<{ id: string; isDeleted: boolean }>(target(), 'files/?search=gone.txt')
    expect(rows.filter(({ isDeleted }) => !isDeleted)).toEqual([])
    expect((await target().fetch(`/api/v2/files/${id}/`)).status).toBe(404)
  })

  it('NB: a deleted input keeps its link, and the job cannot be submitted', async () => {
    const file = await uploadedFile(target(), 'gone.txt', 'x')
    const { id } = await savedJob(target(), aJob({ inputs: [{ id: file.id }] }))
    await target().fetch(`/api/v2/files/${file.id}/`, { method: 'DELETE' })
    expect(await readJson(target(), `jobs/${id}/`)).toMatchObject({
      jobanalyses: [{ inputFiles: [{ id: file.id, isDeleted: true }] }],
    })
    expect((await post(target(), `jobs/${id}/submit/`)).status).toBe(400)
    expect(await jobStatuses(target(), id)).toEqual([])
  })

  it('NF, MC26, IL: custom fields are answered in JSON as they were sent, and read by name', async () => {
    const { id } = await savedJob(target())
    const fields = { Customer: 'ACME', 'Load Case': 'LC1' }
    const set = await sendJson(target(), 'POST', `jobs/${id}/custom-fields/`, fields)
    expect([set.status, await set.json()]).toEqual([200, fields])
    const read = await target().fetch(`/api/v2/jobs/${id}/custom-fields/`)
    expect(await read.json()).toMatchObject({ Customer: { value: 'ACME' }, 'Load Case': { value: 'LC1' } })
  })

  it('TN21, IL: a job is booked on a project of its organisation, before it is submitted', async () => {
    const { id } = await savedJob(target())
    const me = await target().fetch('/api/v2/users/me/')
    const { company } = (await me.json()) as { company: { code: string; projects: { id: string }[] } }
    const projectId = company.projects[0]?.id
    const path = `organizations/${company.code}/jobs/${id}/project-assignment/`
    expect((await sendJson(target(), 'POST', path, { projectId })).ok).toBe(true)
    expect(target().world.platform.job(id).definition.projectId).toBe(projectId)
  })

  it('ASM, D16: a job is shared with an address or an account', async () => {
    const { id } = await savedJob(target())
    for (const body of [
      { email: 'a@example.com', message: '' },
      { account: '04-000000001', message: '' },
    ])
      expect((await sendJson(target(), 'POST', `jobs/${id}/share/`, body)).status).toBe(200)
  })
})

describeRescale(
  'calls of known clients, with the announced changes',
  (target) => {
    it('MC26: a second submit is a 400 that says started', async () => {
      const { id } = await submittedJob(target())
      const again = await post(target(), `jobs/${id}/submit/`)
      expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('started')])
    })
  },
  { quirks: announcedQuirks },
)

/** msw has no handlers for what is not described, and says so itself; these are for a server. */
describe('paths that do not exist', () => {
  const started = async () => {
    const rescale = createRescale()
    const send = (method: string, path: string, body?: unknown) =>
      rescale.fetch(`http://rescale.test/api/v2/${path}`, {
        method,
        headers: { authorization: `Token ${rescale.apiKey}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    const created = await send('POST', 'jobs/', aJob({ command: 'sleep inf' }))
    const { id } = (await created.json()) as { id: string }
    return { rescale, send, id }
  }

  it('TN21: a stop at a misspelt path is a 404 that does no harm', async () => {
    const { rescale, send, id } = await started()
    await send('POST', `jobs/${id}/submit/`)
    rescale.world().settle()
    expect((await send('POST', `jobs/${id}/run/1/stop/`)).status).toBe(404)
    expect(await (await send('GET', `jobs/${id}/statuses/`)).json()).toMatchObject({
      results: [{ status: 'Executing' }, {}, {}, {}, {}],
    })
    await rescale.close()
  })

  it('MC26: a tag is taken away by a path that does not exist, and then by query', async () => {
    const { rescale, send, id } = await started()
    expect(Math.floor((await send('POST', `jobs/${id}/tags/`, { name: 'crash' })).status / 100)).toBe(2)
    expect((await send('DELETE', `jobs/${id}/tags/crash/`)).status).toBe(404)
    expect((await send('DELETE', `jobs/${id}/tags/?name=crash`)).status).toBe(204)
    expect(await (await send('GET', `jobs/${id}/tags/`)).json()).toEqual([])
    await rescale.close()
  })
})
