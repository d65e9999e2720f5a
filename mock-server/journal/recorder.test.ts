import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { noEntries } from '../domain/own-catalogue.ts'
import { createRescale, type Finding, type Rescale, type RescaleOptions } from '../index.ts'

const origin = 'http://rescale.test'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function open(options: RescaleOptions = {}) {
  const rescale = createRescale(options)
  const ask = (path: string, init: RequestInit & { duplex?: 'half' } = {}) =>
    rescale.fetch(origin + path, {
      ...init,
      headers: { authorization: `Token ${rescale.apiKey}`, ...init.headers },
    })
  const upload = async (text: string) => {
    const form = new FormData()
    form.append('file', new Blob([text]), 'in.txt')
    return (await (await ask('/api/v2/files/contents/', { method: 'POST', body: form })).json()) as {
      id: string
    }
  }
  return { rescale, ask, upload, journal: () => rescale.world().journal }
}

it('writes down who asked what, when, and what was answered', async () => {
  const { ask, journal, rescale } = open({ wall: { now: () => 1_800_000_000_000, after: () => () => {} } })
  const body = '{"name":"x","jobanalyses":[]}'
  const answer = await ask('/api/v2/jobs/?a=1', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  const text = await answer.text()
  const [entry] = journal().entries()
  expect(entry).toMatchObject({
    number: 1,
    operationId: 'createJob',
    tenantId: rescale.world().platform.tenantId,
    startedAt: '2027-01-15T08:00:00.000Z',
    durationMilliseconds: 0,
    virtualTime: '2026-01-05T09:00:00.000000Z',
    request: {
      method: 'POST',
      url: `${origin}/api/v2/jobs/?a=1`,
      headers: { authorization: 'Token [redacted]', 'content-type': 'application/json' },
      body: { text: body, size: body.length, sha256: sha256(body), isComplete: true, isCut: false },
    },
    answer: {
      status: answer.status,
      headers: { 'content-type': 'application/json' },
      body: {
        text,
        size: text.length,
        sha256: sha256(text),
        isComplete: true,
        isCut: false,
        isRedacted: false,
      },
    },
    fault: null,
    findings: [],
  })
})

it('hashes long bodies as they pass, and keeps their beginning', async () => {
  const { ask, upload, journal } = open()
  const text = 'line of text\n'.repeat(40_000)
  const { id } = await upload(text)
  const uploaded = journal().latest()
  expect(uploaded?.request.body).toMatchObject({ isCut: true, isComplete: true })
  expect(uploaded?.request.body?.size).toBeGreaterThan(text.length)
  const response = await ask(`/api/v2/files/${id}/contents/`)
  const begun = journal().latest()
  expect(begun).toMatchObject({
    number: 2,
    operationId: 'downloadFile',
    answer: { body: { isComplete: false } },
  })
  await response.text()
  const done = journal().entry(2)
  expect(done?.answer?.body).toMatchObject({
    size: text.length,
    sha256: sha256(text),
    isComplete: true,
    isCut: true,
  })
  expect(done?.answer?.body?.text).toBe(text.slice(0, 65_536))
})

it('tells the same hash of a second download, and of a part of it its own', async () => {
  const { ask, upload, journal } = open()
  const text = 'line of text\n'.repeat(40_000)
  const { id } = await upload(text)
  const download = async (range?: string) => {
    await (await ask(`/api/v2/files/${id}/contents/`, range ? { headers: { range } } : {})).text()
    return journal().latest()?.answer?.body?.sha256
  }
  expect([await download(), await download()]).toEqual([sha256(text), sha256(text)])
  const part = 'bytes=1-200000'
  expect([await download(part), await download(part)]).toEqual(Array(2).fill(sha256(text.slice(1, 200_001))))
})

it('has the whole entry before the last bytes leave', async () => {
  const { rescale, upload, journal } = open()
  const { id } = await upload('some bytes')
  const answer = await rescale.exchange({
    method: 'GET',
    target: `/api/v2/files/${id}/contents/`,
    origin,
    headers: { authorization: `Token ${rescale.apiKey}` },
    body: null,
  })
  if (answer.body === null || typeof answer.body === 'string' || !('read' in answer.body))
    throw new Error('no stream')
  let passed = ''
  let told: string | null | undefined
  for await (const chunk of answer.body.read()) {
    passed += Buffer.from(chunk).toString()
    if (passed === 'some bytes') told = journal().entry(2)?.answer?.body?.sha256
  }
  expect([passed, told]).toEqual(['some bytes', sha256('some bytes')])
})

it('says so when a client leaves in the middle', async () => {
  const { ask, upload, journal } = open()
  const { id } = await upload('y'.repeat(3 << 20))
  const response = await ask(`/api/v2/files/${id}/contents/`)
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  expect(journal().entry(2)?.answer?.body).toMatchObject({ isComplete: false, sha256: null })
  const leaving = new AbortController()
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(Buffer.from('{"name":')),
    pull: () => leaving.abort(),
  })
  const headers = { 'content-type': 'application/json' }
  const posted = ask('/api/v2/jobs/', {
    method: 'POST',
    body: source,
    duplex: 'half',
    headers,
    signal: leaving.signal,
  })
  await expect(posted).rejects.toThrow()
  await expect
    .poll(() => journal().entry(3))
    .toMatchObject({
      operationId: 'createJob',
      answer: null,
      request: { body: { isComplete: false, sha256: null } },
    })
})

it('keeps bytes that are no text as base64, and nothing of HEAD', async () => {
  const { ask, rescale, journal } = open()
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array([0, 255, 1])]), 'in.bin')
  const { id } = (await (await ask('/api/v2/files/contents/', { method: 'POST', body: form })).json()) as {
    id: string
  }
  await (await ask(`/api/v2/files/${id}/contents/`)).arrayBuffer()
  expect(journal().entry(2)?.answer?.body).toMatchObject({ base64: 'AP8B', size: 3 })
  await ask(`/api/v2/files/${id}/contents/`, { method: 'HEAD' })
  expect(journal().entry(3)).toMatchObject({
    request: { method: 'HEAD', body: null },
    answer: { body: null },
  })
  await rescale.close()
})

it('notes what the description does not say, when answers are checked', async () => {
  const heard: Finding[] = []
  const { ask, journal, rescale } = open({ onFinding: (finding) => heard.push(finding) })
  const read = async () => void (await (await ask('/api/v2/users/me/projects/')).text())
  await read()
  expect(journal().latest()?.findings).toEqual([])
  breakProjects(rescale, 7)
  await read()
  const finding = {
    class: 'violation',
    operationId: 'listMyProjects',
    side: 'response',
    status: 200,
    pointer: expect.stringMatching(/^\/results\/\d+\/name$/),
    received: '7',
  }
  expect(journal().latest()).toMatchObject({ number: 2, answer: { status: 200 }, findings: [finding] })
  expect(heard).toEqual(journal().latest()?.findings)
})

it('notes nothing where answers are not checked, and nothing that was spoilt on purpose', async () => {
  const unchecked = open()
  breakProjects(unchecked.rescale, 7)
  await (await unchecked.ask('/api/v2/users/me/projects/')).text()
  expect(unchecked.journal().latest()?.findings).toEqual([])
  const heard: Finding[] = []
  const { ask, journal, rescale } = open({ onFinding: (finding) => heard.push(finding) })
  rescale.world().faults.plan([{ operation: '*', kind: 'status', status: 418, body: { a: 1 } }])
  expect((await ask('/api/v2/users/me/')).status).toBe(418)
  expect(journal().latest()).toMatchObject({ fault: { kind: 'status' }, findings: [] })
  expect(heard).toEqual([])
})

it('shows in a finding no key, and none of which the excerpt has only the beginning', async () => {
  const { ask, journal, rescale } = open({ onFinding: () => undefined })
  const received = async (name: unknown) => {
    breakProjects(rescale, name)
    await (await ask('/api/v2/users/me/projects/')).text()
    return journal().latest()?.findings.at(-1)?.received
  }
  const key = 'ab12'.repeat(10)
  expect(await received([key])).toBe('["[redacted]"]')
  expect(await received(['x'.repeat(100) + key])).toBe(`["${'x'.repeat(100)}…`)
  expect(await received(['y'.repeat(200)])).toBe(`["${'y'.repeat(118)}…`)
})

/** A mistake of the mock's own, past all that reads what clients send: the name of a project is no text. */
const breakProjects = (rescale: Rescale, name: unknown): void =>
  rescale.world().platform.offer({ ...noEntries, projects: [{ id: 'wingAA', name: name as string }] })

it('is switched off and on', async () => {
  const { ask, journal } = open({ journal: { isOn: false } })
  const why = async () => (await ask('/api/v2/jobs/ABCDEF/')).headers.get('x-mock-why')
  expect(await why()).toContain('job-unknown')
  expect(journal().summary().count).toBe(0)
  journal().isOn = true
  await why()
  expect(journal().summary().count).toBe(1)
})

it('leaves controls out', async () => {
  const { ask, journal } = open()
  expect((await ask('/_mock/time/')).status).toBe(200)
  expect(journal().summary().count).toBe(0)
})
