import { expect, it } from 'vitest'
import { createRescale } from '../../mock-server/index.ts'
import { aJob, finishedJob, savedJob, submittedJob, uploadedFile, waitFor } from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'

const last = ({ world }: Target) => world.journal.latest()

/** Code and text in the header, which the journal has too. */
function whyOf(target: Target, response: Response): string | undefined {
  const header = response.headers.get('x-mock-why')
  const why = last(target)?.why ?? null
  expect(header).toBe(why && `${why.code}: ${why.text}`)
  return header ?? undefined
}

describeRescale('a request that fails', (target) => {
  const asked = async (method: string, path: string, init: RequestInit = {}) =>
    whyOf(target(), await target().fetch(path, { method, ...init }))

  it.for([
    ['GET', '/api/v3/jobs/', 'version-wrong: Only version 2 of the API is here. Did you mean /api/v2/jobs/?'],
    ['GET', '/jobs/', 'prefix-missing: Paths begin with /api/v2/. Did you mean /api/v2/jobs/?'],
    ['GET', '/api/v2//jobs/', 'slashes-doubled'],
    ['GET', '/api/v2/api/v2/jobs/', 'prefix-doubled'],
    ['GET', '/api/v2/Jobs/', 'case-wrong'],
    ['GET', '/api/v3/jobs', 'version-wrong: Only version 2 of the API is here. Did you mean /api/v2/jobs/?'],
    [
      'GET',
      '/api/v2/job/',
      'path-unknown: Nothing is described at this path. Nearest is GET /api/v2/jobs/: it says "jobs", not "job".',
    ],
    [
      'GET',
      '/api/v2/jobs/abcdef/status/',
      'path-unknown: Nothing is described at this path. Nearest is GET /api/v2/jobs/{jobId}/statuses/: it says "statuses", not "status".',
    ],
    ['GET', '/somewhere/else', 'path-unknown'],
  ] as const)('says for %s %s that it is %s', async ([method, path, why], { skip }) => {
    skip(!target().takesUndescribed, 'through msw only what is described arrives')
    expect(await asked(method, path)).toContain(why)
    expect(last(target())).toMatchObject({ operationId: null, answer: { status: 404 } })
  })

  it('names the slash that is missing, and what a redirect loses', async () => {
    expect(await asked('GET', '/api/v2/jobs')).toBe(
      'slash-missing: The slash at the end is missing: ask for /api/v2/jobs/.',
    )
    expect(await asked('POST', '/api/v2/jobs')).toContain(
      'A redirected POST arrives as a GET without a body.',
    )
    expect(last(target())?.why?.nearest[0]).toMatchObject({ operationId: 'listJobs' })
  })

  it('names the methods that there are', async ({ skip }) => {
    skip(!target().takesUndescribed, 'through msw only what is described arrives')
    expect(await asked('DELETE', '/api/v2/coretypes/')).toBe(
      'method-wrong: There is no DELETE at this path, but GET /api/v2/coretypes/.',
    )
  })

  it.each([
    ['Bearer KEY', 'scheme-wrong: Keys go with the scheme Token, not Bearer.'],
    ['KEY', 'scheme-missing: The key stands alone'],
    ['Token: KEY', 'scheme-wrong: The word Token takes no colon.'],
    ['Token "KEY"', 'key-malformed: The key stands in quotes.'],
  ])('says what is wrong with "%s"', async (authorization, why) => {
    const credentials = authorization.replace('KEY', target().apiKey)
    const response = await target().anonymous('/api/v2/users/me/', {
      headers: { authorization: credentials },
    })
    expect([response.status, await response.json()]).toEqual([401, { detail: expect.any(String) }])
    expect(whyOf(target(), response)).toContain(why)
    expect(JSON.stringify(last(target()))).not.toContain(target().apiKey)
  })

  it('without a key is in nobody’s journal', async () => {
    const response = await target().anonymous('/api/v2/users/me/')
    expect(response.headers.get('x-mock-why')).toContain('credentials-missing')
    expect(target().world.journal.entries()).toEqual([])
    expect(target().rescale.unclaimed.latest()?.why?.code).toBe('credentials-missing')
    const unclaimed = await target().control.server.unclaimed()
    expect(unclaimed).toEqual(target().rescale.unclaimed.entries())
    expect(unclaimed).toMatchObject([{ why: { code: 'credentials-missing' }, answer: { status: 401 } }])
  })

  it('tells a deleted id from one that never was', async () => {
    const { id } = await savedJob(target())
    await target().fetch(`/api/v2/jobs/${id}/`, { method: 'DELETE' })
    const file = await uploadedFile(target(), 'in.txt', 'x')
    await target().fetch(`/api/v2/files/${file.id}/`, { method: 'DELETE' })
    expect(await asked('GET', `/api/v2/jobs/${id}/`)).toBe(`job-deleted: The job ${id} was deleted.`)
    expect(await asked('GET', `/api/v2/files/${file.id}/contents/`)).toBe(
      `file-deleted: The file ${file.id} was deleted.`,
    )
    expect(await asked('GET', `/api/v2/files/${id}/`)).toContain('id-of-another-kind')
    expect(await asked('GET', '/api/v2/jobs/ABCDEF/')).toBe(
      'job-unknown: This key has no job "ABCDEF", and never had.',
    )
  })

  it('says that a job was not submitted, or is not in the state for it', async () => {
    const { id } = await savedJob(target())
    const submit = `POST /api/v2/jobs/${id}/submit/ first`
    for (const [method, path] of [
      ['POST', 'stop/'],
      ['GET', 'cluster_statuses/'],
      ['GET', 'runs/1/'],
    ] as const)
      expect(await asked(method, `/api/v2/jobs/${id}/${path}`), path).toContain(submit)
    const submitted = await submittedJob(target(), aJob({ command: 'sleep inf' }))
    waitFor(target(), submitted.id, 'Executing')
    expect(await asked('DELETE', `/api/v2/jobs/${submitted.id}/`)).toContain('cluster-not-stopped')
    const finished = await finishedJob(target())
    expect(await asked('POST', `/api/v2/jobs/${finished.id}/stop/`)).toContain('job-not-running')
  })

  it('names the fields that are wrong', async () => {
    const body = JSON.stringify({ ...aJob(), jobanalyses: [{ command: 3 }] })
    const headers = { 'content-type': 'application/json' }
    expect(await asked('POST', '/api/v2/jobs/', { body, headers })).toContain('jobanalyses.0.analysis')
    expect(await asked('POST', '/api/v2/jobs/', { body: '{', headers })).toContain(
      'input-malformed: JSON parse error - Expecting property name enclosed in double quotes: line 1 col...',
    )
    expect(
      await asked('POST', '/api/v2/jobs/', { body: 'x', headers: { 'content-type': 'text/plain' } }),
    ).toContain('content-type-wrong: Content-Type is text/plain')
  })

  it('is the only one that says why', async () => {
    expect(await asked('GET', '/api/v2/users/me/')).toBeUndefined()
    expect(last(target())?.why).toBeNull()
  })
})

it('does not tell of ids that another tenant has', async () => {
  await using rescale = createRescale()
  const other = 'e'.repeat(40)
  const headers = (key: string) => ({ authorization: `Token ${key}`, 'content-type': 'application/json' })
  const saved = await rescale.fetch('http://rescale.test/api/v2/jobs/', {
    method: 'POST',
    headers: headers(rescale.apiKey),
    body: JSON.stringify(aJob()),
  })
  const { id } = (await saved.json()) as { id: string }
  const read = await rescale.fetch(`http://rescale.test/api/v2/jobs/${id}/`, { headers: headers(other) })
  expect(read.headers.get('x-mock-why')).toBe(`job-unknown: This key has no job "${id}", and never had.`)
})
