import { describe, expect, it } from 'vitest'
import { type AnswerToCheck, loadChecker } from './check-answer.ts'
import { routes } from './generated/routes.ts'

const { checkAnswer, checkRequest } = await loadChecker()

const json = { 'content-type': 'application/json' }

function aStatusPage(changes: object = {}) {
  const entry = {
    status: 'Completed',
    statusDate: '2026-11-22T09:13:00.000000+00:00',
    statusReason: null,
    ...changes,
  }
  return { count: 1, next: null, previous: null, results: [entry] }
}

function anAnswer(changes: Partial<AnswerToCheck> = {}): AnswerToCheck {
  return {
    operationId: 'listJobStatuses',
    status: 200,
    headers: json,
    body: JSON.stringify(aStatusPage()),
    ...changes,
  }
}

const file = {
  id: 'XkpTse',
  name: 'run.py',
  typeId: 1,
  dateUploaded: '2026-11-22T09:00:00.000000Z',
  relativePath: 'run.py',
  path: 'user/user_OvdRk/run.py',
  encodedEncryptionKey: null,
  downloadUrl: 'http://127.0.0.1:8790/api/v2/files/XkpTse/contents/',
  sharedWith: [],
  decryptedSize: 12,
  owner: 'jane@example.com',
  isUploaded: true,
  isDeleted: false,
  viewInBrowser: true,
  fileChecksums: [{ hashFunction: 'sha512', fileHash: 'ab' }],
}

it('finds nothing in an answer as described', () => {
  expect(checkAnswer(anAnswer())).toEqual([])
  expect(checkAnswer(anAnswer({ headers: { 'Content-Type': 'application/json; charset=utf-8' } }))).toEqual(
    [],
  )
  expect(checkAnswer(anAnswer({ body: new TextEncoder().encode(JSON.stringify(aStatusPage())) }))).toEqual([])
})

it('takes what was right for one operation for nothing at another', () => {
  const body = JSON.stringify(aStatusPage())
  expect(checkAnswer(anAnswer({ body }))).toEqual([])
  expect(checkAnswer(anAnswer({ body, operationId: 'listFiles' }))).not.toEqual([])
  expect(checkAnswer(anAnswer({ body, status: 418 }))).not.toEqual([])
  const wrong = JSON.stringify(aStatusPage({ status: 7 }))
  for (const _ of ['first', 'again']) expect(checkAnswer(anAnswer({ body: wrong }))).not.toEqual([])
})

it('finds a status that is not described', () => {
  expect(checkAnswer(anAnswer({ status: 418 }))).toEqual([
    expect.objectContaining({ class: 'undocumented-status', received: '418', side: 'response', status: 418 }),
  ])
})

it('finds a content type that is not described, and one that is missing', () => {
  const [finding] = checkAnswer(anAnswer({ headers: { 'content-type': 'text/html' } }))
  expect(finding).toMatchObject({
    class: 'undocumented-content-type',
    expected: 'application/json',
    received: 'text/html',
  })
  expect(checkAnswer(anAnswer({ headers: {} }))).toMatchObject([{ class: 'undocumented-content-type' }])
  expect(checkAnswer(anAnswer({ headers: { 'content-type': 'constructor' } }))).toMatchObject([
    { class: 'undocumented-content-type' },
  ])
})

it('finds a required header that is missing', () => {
  const body = JSON.stringify({ detail: 'Invalid token.' })
  expect(checkAnswer(anAnswer({ status: 401, body }))).toMatchObject([
    { class: 'missing-required-header', expected: 'www-authenticate' },
  ])
  expect(
    checkAnswer(anAnswer({ status: 401, body, headers: { ...json, 'WWW-Authenticate': 'Token' } })),
  ).toEqual([])
})

it('says where a body does not fit, what was expected and what was received', () => {
  const body = JSON.stringify({ ...aStatusPage({ status: 'Finished' }), count: '1' })
  expect(checkAnswer(anAnswer({ body }))).toMatchObject([
    { class: 'violation', pointer: '/count', expected: '"integer"', received: '"1"' },
    { class: 'violation', pointer: '/results/0/status', received: '"Finished"' },
  ])
  const { count: _, ...withoutCount } = aStatusPage()
  expect(checkAnswer(anAnswer({ body: JSON.stringify(withoutCount) }))).toMatchObject([
    { class: 'violation', pointer: '', expected: '"count"' },
  ])
})

it('finds a date in the wrong one of two forms', () => {
  const body = JSON.stringify(aStatusPage({ statusDate: '2026-11-22T09:13:00.000000Z' }))
  expect(checkAnswer(anAnswer({ body }))).toMatchObject([
    { class: 'violation', pointer: '/results/0/statusDate' },
  ])
})

it('finds fields that are not described, at any depth', () => {
  const body = JSON.stringify({ ...aStatusPage({ 'a/b': 1 }), total: 1 })
  const findings = checkAnswer(anAnswer({ body }))
  expect(findings.map(({ class: kind, pointer }) => [kind, pointer]).sort()).toEqual([
    ['undocumented-field', '/results/0/a~1b'],
    ['undocumented-field', '/total'],
  ])
})

it('shortens what it shows', () => {
  const [finding] = checkAnswer(
    anAnswer({ body: JSON.stringify(aStatusPage({ status: 'x'.repeat(10_000) })) }),
  )
  expect(finding?.received?.length).toBeLessThan(130)
})

it('finds a body that is no JSON', () => {
  expect(checkAnswer(anAnswer({ body: '<html>' }))).toMatchObject([
    { class: 'violation', message: 'the body is no JSON' },
  ])
  expect(checkAnswer(anAnswer({ body: '' }))).toMatchObject([{ class: 'violation' }])
  expect(checkAnswer(anAnswer({ body: null }))).toMatchObject([{ class: 'violation' }])
})

describe('answers without a body', () => {
  const deleted = anAnswer({ operationId: 'deleteFile', status: 204, headers: {}, body: null })

  it('pass when they hold none', () => {
    expect(checkAnswer(deleted)).toEqual([])
    expect(checkAnswer({ ...deleted, body: '' })).toEqual([])
  })

  it('are found when they hold one', () => {
    expect(checkAnswer({ ...deleted, body: '{}' })).toMatchObject([
      { class: 'body-not-allowed', received: '"{}"' },
    ])
  })

  it('are what HEAD gets', () => {
    expect(checkAnswer(anAnswer({ method: 'HEAD', body: null }))).toEqual([])
    expect(checkAnswer(anAnswer({ method: 'HEAD' }))).toMatchObject([{ class: 'body-not-allowed' }])
  })
})

it('looks into the JSON that an upload answers as text', () => {
  const headers = { 'content-type': 'text/plain' }
  const uploaded = (changes: object) =>
    checkAnswer({
      operationId: 'uploadFile',
      status: 201,
      headers,
      body: JSON.stringify({ ...file, ...changes }),
    })
  expect(uploaded({})).toEqual([])
  expect(uploaded({ typeId: 99 })).toMatchObject([{ class: 'violation', pointer: '/typeId' }])
  expect(uploaded({ sha512: 'ab' })).toMatchObject([{ class: 'undocumented-field', pointer: '/sha512' }])
})

it('never takes bytes that nobody looked at for a pass', () => {
  const findings = checkAnswer({
    operationId: 'downloadFile',
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      etag: '"a"',
      'content-length': '1',
      'content-disposition': 'attachment',
    },
    body: new Uint8Array(1),
  })
  expect(findings).toMatchObject([{ class: 'not-checked', message: 'binary' }])
  expect(checkAnswer(anAnswer({ body: new ReadableStream() }))).toMatchObject([
    { class: 'not-checked', message: 'streamed' },
  ])
})

it('knows what is answered where there is no operation', () => {
  const outside = anAnswer({ operationId: null, status: 404, body: JSON.stringify({ detail: 'Not found.' }) })
  expect(checkAnswer(outside)).toEqual([])
  expect(checkAnswer({ ...outside, body: '{}' })).toMatchObject([{ class: 'violation', operationId: null }])
  expect(checkAnswer({ ...outside, status: 405 })).toMatchObject([
    { class: 'missing-required-header', expected: 'allow' },
  ])
  expect(checkAnswer({ ...outside, status: 200 })).toMatchObject([{ class: 'undocumented-status' }])
})

it('has a validator for every JSON answer of every operation', () => {
  for (const { operationId, answers } of routes) {
    for (const [status, answer] of Object.entries(answers)) {
      for (const [mediaType, kind] of Object.entries(answer.content)) {
        if (kind !== 'json') continue
        const headers = Object.fromEntries([
          ...answer.requiredHeaders.map((name) => [name, 'x']),
          ['content-type', mediaType],
        ])
        const findings = checkAnswer({ operationId, status: Number(status), headers, body: '5' })
        expect(
          findings.map((finding) => finding.class),
          `${operationId} ${status}`,
        ).not.toContain('not-checked')
      }
    }
  }
})

describe('requests', () => {
  const job = {
    name: 'airfoil',
    jobanalyses: [
      {
        analysis: { code: 'user_included' },
        command: 'ls',
        hardware: { coreType: 'emerald', coresPerSlot: 2 },
      },
    ],
  }
  const created = (body: unknown) =>
    checkRequest({ operationId: 'createJob', contentType: 'application/json', body: JSON.stringify(body) })

  it('are held to what is described, however lenient the platform is', () => {
    expect(created(job)).toEqual([])
    expect(created({ ...job, name: 5 })).toMatchObject([
      { class: 'violation', side: 'request', status: null, pointer: '/name' },
    ])
    expect(created({ ...job, project_id: 'abc' })).toMatchObject([
      { class: 'undocumented-field', pointer: '/project_id' },
    ])
  })

  it('have a validator for every JSON body of every operation', () => {
    const asked = routes.filter(({ requestBody }) => requestBody?.kind === 'json')
    expect(asked.length).toBeGreaterThan(15)
    for (const { operationId } of asked)
      expect(
        checkRequest({ operationId, contentType: 'application/json', body: '5' }).map((one) => one.class),
        operationId,
      ).not.toContain('not-checked')
  })

  it('are found to have a body where there must be none, and none where there must be one', () => {
    expect(checkRequest({ operationId: 'getJob', contentType: '', body: '{}' })).toMatchObject([
      { class: 'body-not-allowed' },
    ])
    expect(
      checkRequest({ operationId: 'createJob', contentType: 'application/json', body: null }),
    ).toMatchObject([{ class: 'violation' }])
    expect(checkRequest({ operationId: 'submitJob', contentType: '', body: null })).toEqual([])
    expect(checkRequest({ operationId: 'createJob', contentType: 'text/plain', body: '{}' })).toMatchObject([
      { class: 'undocumented-content-type' },
    ])
    expect(
      checkRequest({
        operationId: 'uploadFile',
        contentType: 'multipart/form-data; boundary=x',
        body: '--x',
      }),
    ).toMatchObject([{ class: 'not-checked' }])
  })
})
