import { expect, it } from 'vitest'
import { description } from '../../../openapi/testing/description.ts'
import type { Json } from '../json.ts'
import { drift, type Side } from './drift.ts'
import { overlayOf } from './overlay.ts'
import { applied } from './testing/apply-overlay.ts'
import { aFinding, anExchange } from './testing/exchanges.ts'

const side = (body: Json, findings: Side['findings'] = []): Side => ({
  exchanges: [anExchange(body)],
  findings,
})
const agreed = { id: 'abc', dateInserted: '2026-01-01T00:00:00Z', owner: 'a@b.example' }

it('finds nothing where all sides do the same', () => {
  expect(drift({ mock: side(agreed), recording: side(agreed), live: side(agreed) }, description)).toEqual([])
})

it('does not compare values, nor what one side never showed', () => {
  const other = { id: 'xyz', dateInserted: '2031-12-31T23:59:59.123456Z', owner: 'z@y.example' }
  expect(drift({ mock: side(agreed), live: side(other) }, description)).toEqual([])
  const emptied = { results: [] }
  expect(drift({ mock: side({ results: [{ id: 'a' }] }), live: side(emptied) }, description)).toEqual([])
})

it('blames the description for what the platform shows and it does not describe, and says how to mend it', () => {
  const live = side({ ...agreed, brandNew: 1 }, [aFinding()])
  const findings = drift({ mock: side(agreed), live }, description)
  expect(findings.map(({ pair, culprit }) => [pair, culprit])).toEqual([
    ['live-description', 'description'],
    ['mock-live', 'description'],
  ])
  expect(findings[0]?.patch).toEqual({
    kind: 'overlay',
    actions: [
      {
        target: '$.components.schemas.Job',
        description: 'getJob 200 has /brandNew',
        update: {
          properties: {
            brandNew: {
              type: 'integer',
              'x-evidence': { grade: 'observed', source: 'live', date: '2026-11-28' },
            },
          },
        },
      },
    ],
  })
})

it('blames the mock for a field that it alone shows, or lacks', () => {
  const surplus = drift({ mock: side({ ...agreed, invented: true }), live: side(agreed) }, description)
  expect(surplus).toMatchObject([{ class: 'undocumented-field', pointer: '/invented', culprit: 'mock' }])
  const { owner: _, ...less } = agreed
  const lacking = drift({ mock: side(less), live: side(agreed) }, description)
  expect(lacking).toMatchObject([{ class: 'missing-field', pointer: '/owner', culprit: 'mock' }])
  expect(lacking[0]?.patch).toEqual({
    kind: 'mock',
    operationId: 'getJob',
    field: 'owner',
    text: 'show /owner (string, email)',
  })
})

it('does not take a sentence for a field too many where the other side was asked for messages by field', () => {
  const refused = (body: Json, scenario: string): Side => ({
    exchanges: [anExchange(body, { operationId: 'updateJob', status: 400, scenario })],
    findings: [],
  })
  const [sentence, byField] = [
    { detail: 'Job abc is Completed.' },
    { name: ['This field may not be blank.'] },
  ]
  const recording = refused(byField, 'jobs/change')
  expect(drift({ mock: refused(sentence, 'announced/no-second-time'), recording }, description)).toEqual([])
  // Asked the same, one side answers otherwise.
  expect(drift({ mock: refused(sentence, 'jobs/change'), recording }, description)).toMatchObject([
    { class: 'error-shape', operationId: 'updateJob' },
  ])
})

it('finds fields within something that may be null', () => {
  const job = (paramFile: Json): Side => side({ ...agreed, paramFile })
  const findings = drift(
    { mock: job({ id: 'abc', invented: 1 }), recording: job({ id: 'abc' }) },
    description,
  )
  expect(findings).toMatchObject([
    { class: 'undocumented-field', pointer: '/paramFile/invented', culprit: 'mock' },
  ])
})

it('blames the platform for what it shows now and did not when it was recorded', () => {
  const live = side({ ...agreed, brandNew: 1 }, [aFinding()])
  const findings = drift({ mock: side(agreed), recording: side(agreed), live }, description)
  expect(findings.find(({ pair }) => pair === 'recording-live')).toMatchObject({ culprit: 'platform' })
  expect(findings.find(({ pair }) => pair === 'live-description')).toMatchObject({
    culprit: 'platform',
    because: 'the recording is as described: the platform has changed since',
  })
})

it('blames the recording for what the live platform does not do any more', () => {
  const recording = side({ ...agreed, brandNew: 1 }, [aFinding()])
  const findings = drift({ mock: side(agreed), recording, live: side(agreed) }, description)
  expect(new Set(findings.map(({ culprit }) => culprit))).toEqual(new Set(['recording']))
})

it('sees a date that is written otherwise, and another type', () => {
  const live = side({ ...agreed, dateInserted: '2026-01-01T00:00:00+00:00', owner: 5 })
  expect(
    drift({ mock: side(agreed), live }, description).map(({ class: kind, pointer, expected, received }) => [
      kind,
      pointer,
      expected,
      received,
    ]),
  ).toEqual([
    ['format-class', '/dateInserted', 'date-time ±hh:mm', 'date-time Z'],
    ['type', '/owner', 'number', 'string'],
  ])
})

it('sees another status at the same step of a scenario, and another text of an error', () => {
  const refused = (text: string, status = 400): Side => ({
    exchanges: [anExchange({ detail: text }, { status })],
    findings: [],
  })
  const live = refused('Job abc1 must be stopped first.')
  expect(drift({ mock: refused('Job xyz9 must be stopped first.'), live }, description)).toEqual([])
  const named = (id: string): Side => ({
    exchanges: [anExchange({ id }), anExchange({ detail: `Job ${id} is gone.` }, { status: 400, seq: 2 })],
    findings: [],
  })
  expect(drift({ mock: named('abcdef'), live: named('uvwxyz') }, description)).toEqual([])
  expect(drift({ mock: refused('No.'), live }, description)).toMatchObject([
    { class: 'error-shape', pointer: '/detail', severity: 'warning' },
  ])
  expect(drift({ mock: refused('Job abc1 must be stopped first.', 409), live }, description)).toMatchObject([
    { class: 'undocumented-status', expected: 'status 400', received: 'status 409' },
  ])
})

it('does not compare the keys of maps, nor how names and addresses are written', () => {
  const root = (body: Json): Side => ({
    exchanges: [anExchange(body, { operationId: 'getApiRoot' })],
    findings: [],
  })
  expect(
    drift({ mock: root({ jobs: 'http://a/' }), live: root({ others: 'http://b/' }) }, description),
  ).toEqual([])
  const live = side({ ...agreed, owner: 'somebody' })
  expect(drift({ mock: side(agreed), live }, description)).toEqual([])
})

it('counts the same thing in many exchanges once, with its evidence', () => {
  const exchanges = [1, 2, 3].map((seq) => anExchange({ ...agreed, brandNew: seq }, { seq }))
  const findings = [1, 2, 3].map((seq) => aFinding({ seq }))
  expect(drift({ live: { exchanges, findings } }, description)).toMatchObject([
    { occurrences: 3, evidence: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] },
  ])
})

it('gives the same disagreement the same fingerprint in every run', () => {
  const live = () => side({ ...agreed, brandNew: Math.random() }, [aFinding()])
  const [one] = drift({ live: live() }, description)
  const [other] = drift({ live: live() }, description)
  expect(one?.fingerprint).toMatch(/^[0-9a-f]{12}$/)
  expect(one?.fingerprint).toBe(other?.fingerprint)
})
it('proposes a new status for an operation that answers with one', () => {
  const findings = drift(
    {
      live: {
        exchanges: [anExchange(agreed)],
        findings: [aFinding({ class: 'undocumented-status', status: 418, pointer: '' })],
      },
    },
    description,
  )
  const overlay = overlayOf(findings, { title: 'a test', version: '1' })
  expect(overlay).toMatchObject({ overlay: '1.1.0', extends: 'openapi/generated/rescale.json' })
  if (!overlay) throw new Error('there is one')
  const { responses } =
    applied(description, overlay).paths['/api/v2/jobs/{jobId}/']?.get ?? fail('the path is gone')
  expect(responses['418']).toEqual({
    description: 'Seen on 2026-11-28.',
    'x-evidence': { grade: 'observed', source: 'live', date: '2026-11-28' },
  })
})

it('makes no overlay of nothing: it has to have an action', () => {
  expect(overlayOf([], { title: 'a test', version: '1' })).toBeNull()
})

function fail(why: string): never {
  throw new Error(why)
}
