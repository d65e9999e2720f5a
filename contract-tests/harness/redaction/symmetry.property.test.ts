import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { type DescribedBodies, loadDescribedBodies } from '../naming/described-bodies.ts'
import { Names } from '../naming/names.ts'
import { readTemplate, writeTemplate } from '../naming/tokens.ts'
import { namesOf } from '../recording/recorder.ts'
import { Replay } from '../replay/replay.ts'
import type { SeenExchange } from '../seen-exchange.ts'
import { sealedRun } from '../testing/record-here.ts'
import { KnownSecrets } from './known-secrets.ts'
import { Redactor } from './redactor.ts'

const ORIGIN = 'https://platform.second.test'

let bodies: DescribedBodies
beforeAll(async () => {
  bodies = await loadDescribedBodies()
})

/** What could be mistaken for something else: ids like numbers and words, tokens, templates, secrets, addresses. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '200',
    '443',
    '{job#1}',
    '{{',
    '}',
    '$name',
    'a@b.test',
    `Token ${'ab'.repeat(20)}`,
    'password=hunter22',
    'null',
    '',
  ),
)
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))
const body = fc.dictionary(
  fc.oneof(
    fc.constantFrom('name', 'description', 'jobanalyses', 'clusterId', '$name', '$literal', '__proto__'),
    text,
  ),
  fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(text, scalar, { maxKeys: 3 })),
  { maxKeys: 6 },
)
const id = fc.stringMatching(/^[A-Za-z0-9]{1,6}$/)

const seen = (jobId: string, query: string, sent: Readonly<Record<string, unknown>>): SeenExchange => ({
  seq: 1,
  scenario: 'test/here',
  phase: 'scenario',
  caller: 'owner',
  operationId: 'updateJob',
  request: {
    method: 'PATCH',
    url: `${ORIGIN}/api/v2/jobs/${jobId}/?search=${encodeURIComponent(query)}`,
    headers: [['Content-Type', 'application/json']],
    body: { kind: 'json', value: JSON.parse(JSON.stringify(sent)), size: 1, sha256: 'x' },
  },
  response: {
    status: 404,
    headers: [],
    body: { kind: 'json', value: { detail: 'Not found.' }, size: 1, sha256: 'y' },
  },
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
})

it('what was recorded is found again when it is asked again, whatever it was', () => {
  fc.assert(
    fc.property(
      id,
      text.filter((query) => !/[\ud800-\udfff]/.test(query)),
      body,
      (jobId, query, sent) => {
        const exchange = seen(jobId, query, sent)
        const redactor = new Redactor({ bodies, secrets: new KnownSecrets([]), origin: ORIGIN })
        const cassette = sealedRun(
          [{ exchanges: [redactor.exchange(exchange)], names: namesOf(redactor) }],
          bodies,
        )
        const stored = JSON.parse(JSON.stringify(cassette)) as typeof cassette
        const replay = new Replay(stored, { bodies, origin: ORIGIN })
        expect(replay.match(exchange.request, 'owner').response).toMatchObject({ status: 404 })
      },
    ),
    { numRuns: 300 },
  )
})

it('a template says what it was made of', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.record({ name: fc.stringMatching(/^[a-z-]+#[1-9][0-9]?$/) }),
  )
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const fill = (pieces: readonly (string | { name: string })[]): string =>
        pieces.map((piece) => (typeof piece === 'string' ? piece : `<${piece.name}>`)).join('')
      expect(fill(readTemplate(writeTemplate(parts)))).toBe(fill(parts))
    }),
  )
})

it('equal values have equal names, different values different ones, and types never meet', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('job', 'file'), fc.oneof(fc.string(), fc.integer())), {
        minLength: 2,
      }),
      (values) => {
        const names = new Names()
        const given = values.map(([type, value]) => names.name(type, value))
        values.forEach(([type, value], index) => {
          values.forEach(([otherType, other], at) => {
            expect(given[index] === given[at]).toBe(type === otherType && value === other)
          })
        })
      },
    ),
  )
})
