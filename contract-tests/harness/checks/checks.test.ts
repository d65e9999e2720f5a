import { describe, expect, it } from 'vitest'
import { fieldSides } from '../../../openapi/generated/field-sides.ts'
import { answersOutside, type OperationId, routes } from '../../../openapi/generated/routes.ts'
import { BodyTap } from '../body-tap.ts'
import type { Finding } from '../finding.ts'
import { isList, isObject, type Json } from '../json.ts'
import { routeOf } from '../operation-of.ts'
import type { SeenExchange } from '../seen-exchange.ts'
import { bytesBody, type SeenWish, seen } from '../testing/seen.ts'
import { loadChecks } from './load-checks.ts'

const { checkExchange } = await loadChecks()

const statuses = '/api/v2/jobs/abcdef/statuses/'

function statusPage(entry: object = {}, page: object = {}): Json {
  const row = {
    status: 'Completed',
    statusDate: '2026-11-22T09:13:00.000000+00:00',
    statusReason: null,
    ...entry,
  }
  return { count: 1, next: null, previous: null, results: [row], ...page }
}

/** Of every described answer, each header that it must have, and all of them. */
const requiredHeaders = [...routes, { operationId: 'outside', answers: answersOutside } as const].flatMap(
  ({ operationId, answers }) =>
    Object.entries(answers).flatMap(([status, { requiredHeaders }]) =>
      requiredHeaders.map((name) => [operationId, status, name, requiredHeaders] as const),
    ),
)

const answer = (wish: SeenWish = {}) => seen(`GET ${statuses}`, { body: statusPage(), ...wish })
const told = ({ class: kind, pointer, severity }: Finding) => `${kind} ${pointer} ${severity}`
const found = (exchange: SeenExchange) => checkExchange(exchange).map(told)

it('finds nothing in an answer as described', () => {
  expect(found(answer())).toEqual([])
  expect(found(answer({ headers: { 'Content-Type': 'application/json; charset=utf-8' } }))).toEqual([])
})

describe('an answer', () => {
  it('may have no status that is not described', () => {
    expect(found(answer({ status: 202 }))).toEqual(['undocumented-status  error'])
    expect(found(answer({ status: 500, body: {} }))).toEqual(['undocumented-status  error'])
  })

  it('may not succeed where no operation is described', () => {
    const body = { id: 'a' }
    expect(found(seen('GET /api/v2/rockets/', { body }))).toEqual(['undocumented-path  error'])
    expect(found(seen('GET /api/v2/jobs', { body }))).toEqual(['undocumented-path  error'])
    expect(found(seen('PATCH /api/v2/jobs/', { body }))).toEqual(['undocumented-method  error'])
    expect(found(seen('GET /api/v2/rockets/', { status: 404, body: { detail: 'Not found.' } }))).toEqual([])
    expect(
      found(seen('PATCH /api/v2/jobs/', { status: 405, body: { detail: 'No.' }, headers: { Allow: 'GET' } })),
    ).toEqual([])
  })

  it('is told of what is unknown in it beside what is wrong with it', () => {
    const body = statusPage({ mood: 'good', statusReason: 7 }, { count: 'one' })
    expect(found(answer({ body })).sort()).toEqual([
      'type /count error',
      'type /results/0/statusReason error',
      'undocumented-field /results/0/mood error',
    ])
  })

  it('may hold no key twice', () => {
    const text = '{"count":1,"next":null,"previous":null,"results":[],"count":0}'
    const tap = new BodyTap('application/json')
    tap.whole(new TextEncoder().encode(text))
    const once = answer({ body: { count: 0, next: null, previous: null, results: [] } })
    const { response } = once
    if (!('headers' in response)) throw new Error('there is an answer')
    expect(found({ ...once, response: { ...response, body: tap.seen() } })).toEqual([
      'duplicate-key /count error',
    ])
  })

  it('may have no fields that are not described, at any depth', () => {
    expect(found(answer({ body: statusPage({ mood: 'good' }) }))).toEqual([
      'undocumented-field /results/0/mood error',
    ])
  })

  it('has the fields, types, choices and dates that are described', () => {
    expect(found(answer({ body: statusPage({}, { count: undefined } as never) }))).toEqual([
      'missing-field /count error',
    ])
    expect(found(answer({ body: statusPage({}, { count: '1' }) }))).toEqual(['type /count error'])
    expect(found(answer({ body: statusPage({ status: 'Finished' }) }))).toEqual([
      'undocumented-enum-value /results/0/status error',
    ])
    expect(found(answer({ body: statusPage({ status: null }) }))).toEqual([
      'nullability /results/0/status error',
    ])
    for (const date of ['2026-11-22T09:13:00.000000Z', '2026-11-22T09:13:00+00:00', '22.11.2026'])
      expect(found(answer({ body: statusPage({ statusDate: date }) }))).toEqual([
        'format-class /results/0/statusDate error',
      ])
    const file = (dateUploaded: string) =>
      found(seen('GET /api/v2/files/abcdef/', { body: { dateUploaded } })).filter((one) =>
        one.includes('/dateUploaded'),
      )
    expect(file('2026-11-22T09:13:00.000000Z')).toEqual([])
    for (const date of ['2026-11-22T09:13:00.000000+00:00', '2026-11-22 09:13:00'])
      expect(file(date)).toEqual(['format-class /dateUploaded error'])
  })

  it('has no other content type, and no other body than is described', () => {
    expect(found(answer({ headers: { 'Content-Type': 'text/html' } }))).toEqual([
      'undocumented-content-type /content-type error',
    ])
    expect(found(seen(`GET ${statuses}`))).toEqual(['empty-body  error'])
    expect(found(seen('DELETE /api/v2/jobs/abcdef/', { status: 204 }))).toEqual([])
    expect(found(seen('DELETE /api/v2/jobs/abcdef/', { status: 204, body: {} }))).toEqual([
      'empty-body  error',
    ])
    const unchanged = { status: 304, headers: { ETag: '"a"' } }
    expect(found(seen('GET /api/v2/files/abcdef/contents/', unchanged))).toEqual([])
    expect(found(seen('GET /api/v2/files/abcdef/contents/', { ...unchanged, body: {} }))).toEqual([
      'empty-body  error',
    ])
  })

  it('has the headers that it must have', () => {
    expect(found(answer({ status: 401, caller: 'nobody', body: { detail: 'x' } }))).toEqual([
      'missing-header /www-authenticate error',
    ])
  })

  it.each(requiredHeaders)('to %s with %s, has the header %s', (operationId, status, name, needed) => {
    const { method, path } =
      operationId === 'outside'
        ? {
            method: status === '405' ? 'PATCH' : 'GET',
            path: status === '405' ? '/api/v2/jobs/' : '/api/v2/x/',
          }
        : routeOf(operationId)
    const headers = Object.fromEntries(needed.map((one) => [one, 'x']))
    const without = Object.fromEntries(needed.filter((one) => one !== name).map((one) => [one, 'x']))
    const said = (given: Readonly<Record<string, string>>) =>
      found(seen(`${method} ${path}`, { status: Number(status), headers: given }))
    expect(said(without)).toContain(`missing-header /${name} error`)
    expect(said(headers)).not.toContainEqual(expect.stringContaining('missing-header'))
  })

  it('has no headers that mean something and are not described; others are a remark', () => {
    expect(found(answer({ headers: { 'Retry-After': '5' } }))).toEqual([
      'undocumented-header /retry-after error',
    ])
    expect(found(answer({ headers: { Sunset: 'tomorrow' } }))).toEqual(['undocumented-header /sunset error'])
    expect(found(answer({ headers: { 'X-Mock-Why': 'job-unknown: …' } }))).toEqual([])
    expect(found(answer({ headers: { 'X-Amz-Cf-Id': '5', Date: 'today' } }))).toEqual([
      'undocumented-header /x-amz-cf-id info',
    ])
  })

  it('is as long as it says', () => {
    const size = String(JSON.stringify(statusPage()).length)
    expect(found(answer({ headers: { 'Content-Length': size } }))).toEqual([])
    expect(found(answer({ headers: { 'Content-Length': '7' } }))).toEqual(['relation /content-length error'])
  })

  it('of an error has the shape of one', () => {
    expect(found(answer({ status: 404, body: { error: 'gone' } }))).toContain('error-shape  error')
    expect(found(answer({ status: 404, body: { detail: 5 } }))).toEqual(['error-shape /detail error'])
  })

  it('is given to nobody without a key', () => {
    expect(found(answer({ caller: 'nobody' }))).toEqual(['relation  error'])
    expect(found(answer({ caller: 'invalid' }))).toEqual(['relation  error'])
  })
})

describe('a field that only requests hold', () => {
  it('is told apart from one that nobody knows', () => {
    const findings = checkExchange(
      seen('GET /api/v2/jobs/abcdef/tags/', { body: [{ name: 'a', colour: 'b' }] }),
    )
    expect(findings.map(({ class: kind }) => kind)).not.toContain('write-only-leaked')
    const leaked = checkExchange(
      seen('POST /api/v2/jobs/abcdef/share/', {
        sent: { email: 'a@example.com' },
        body: { ...shareAnswer, message: 'hello' },
      }),
    )
    expect(leaked.map(told)).toEqual(['write-only-leaked /message error'])
  })

  const shareAnswer = { recipient: 'a@example.com', supportDesk: null }
})

describe('each field that goes one way only', () => {
  /** The smallest body that has something at all of these pointers. */
  const bodyWith = (fields: readonly string[]): Json =>
    fields.map((field) => field.split('/').slice(1)).reduce<Json>(grown, {})
  const grown = (body: Json | undefined, [step, ...deeper]: readonly string[]): Json => {
    if (step === undefined) return 'odd'
    if (step === '*') return [grown(isList(body) ? body[0] : undefined, deeper)]
    const inner = isObject(body) ? body : {}
    return { ...inner, [step]: grown(inner[step], deeper) }
  }
  const call = (operationId: string): string => {
    const { method, path } = routeOf(operationId as OperationId)
    return `${method} ${path.replaceAll(/\{\w+\}/g, 'AbCdEf')}`
  }
  const told = (exchange: SeenExchange, kind: Finding['class']): string[] =>
    checkExchange(exchange)
      .filter((one) => one.class === kind)
      .map(({ pointer }) => pointer.replaceAll('/0', '/*'))
      .sort()

  it.each(
    fieldSides.writeOnly.flatMap(({ missingFrom, fields }) => missingFrom.map((from) => ({ from, fields }))),
  )('of requests, is told when the answer $from holds it', ({ from, fields }) => {
    const [operationId = '', status] = from.split(' ')
    const leaking = seen(call(operationId), { status: Number(status), body: bodyWith(fields) })
    expect(told(leaking, 'write-only-leaked')).toEqual([...fields].sort())
  })

  it.each(
    fieldSides.readOnly.flatMap(({ missingFrom, fields }) => missingFrom.map((from) => ({ from, fields }))),
  )('of answers, is told when $from sends it and is taken', ({ from, fields }) => {
    const sending = seen(call(from), { sent: bodyWith(fields) })
    expect(told(sending, 'read-only-sent')).toEqual([...fields].sort())
  })
})

describe('a request', () => {
  const device = { name: 's', storageSize: 10, hardware: { walltime: 1 } }
  const create = (sent: Json, status = 400) =>
    seen('POST /api/v2/storage-devices/', { sent, status, body: { detail: 'x' } })
  const onlyRequest = (exchange: SeenExchange) =>
    checkExchange(exchange)
      .filter(({ side }) => side === 'request')
      .map(told)

  it('that was taken holds what is described', () => {
    expect(onlyRequest(create(device, 201))).toEqual([])
    expect(onlyRequest(create({ ...device, mood: 'good' }, 201))).toEqual([
      'undocumented-field /mood warning',
    ])
    expect(onlyRequest(create({ ...device, storageSize: '10' }, 201))).toEqual(['type /storageSize warning'])
    expect(onlyRequest(create({ ...device, storageSize: 0 }, 201))).toEqual([
      'constraint /storageSize warning',
    ])
    expect(onlyRequest(create({ storageSize: 10 }, 201))).toEqual(['missing-field /name warning'])
  })

  it('that was taken holds nothing that only answers hold', () => {
    expect(onlyRequest(create({ ...device, clusterId: 'abcdef' }, 201))).toEqual([
      'read-only-sent /clusterId warning',
    ])
  })

  it('that was refused was refused for a reason', () => {
    expect(onlyRequest(create({ ...device, mood: 'good' }))).toEqual([])
  })

  it('asks with parameters and choices that are described', () => {
    const ask = (query: string) =>
      onlyRequest(
        seen(`GET /api/v2/jobs/${query}`, { body: { count: 0, next: null, previous: null, results: [] } }),
      )
    expect(ask('?state=completed&page_size=2')).toEqual([])
    expect(ask('?colour=red')).toEqual(['undocumented-parameter /colour warning'])
    expect(ask('?state=half')).toEqual(['undocumented-enum-value /state warning'])
    expect(ask('?page=two')).toEqual(['type /page warning'])
  })
})

describe('what nobody looked at', () => {
  const download = (body: SeenExchange['response']): SeenExchange => ({
    ...seen('GET /api/v2/files/abcdef/contents/'),
    response: body,
  })
  const headers = [
    ['Content-Type', 'application/octet-stream'],
    ['Accept-Ranges', 'bytes'],
    ['ETag', '"a"'],
    ['Content-Length', '3'],
    ['Content-Disposition', 'attachment'],
  ] as const

  it('is told, with the reason', () => {
    const body = bytesBody(new Uint8Array(3))
    expect(checkExchange(download({ status: 200, headers, body }))).toMatchObject([
      { class: 'not-checked', message: 'binary' },
    ])
    const tooLong = { kind: 'bytes', size: 3, sha256: '', sha512: '' } as const
    expect(checkExchange(download({ status: 200, headers, body: tooLong }))).toMatchObject([
      { class: 'not-checked', message: expect.stringContaining('longer') },
    ])
    expect(
      checkExchange(download({ status: 200, headers, body: { ...tooLong, incomplete: true } })),
    ).toMatchObject([{ class: 'not-checked', message: expect.stringContaining('read it to its end') }])
  })

  it('counts as a finding when there was no answer at all', () => {
    expect(checkExchange(download({ failure: 'ECONNRESET' }))).toMatchObject([
      { class: 'not-checked', severity: 'warning' },
    ])
  })
})
