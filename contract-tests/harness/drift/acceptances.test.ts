import { expect, it } from 'vitest'
import { description } from '../../../openapi/testing/description.ts'
import { AcceptanceError, accept, parseAcceptances } from './acceptances.ts'
import { drift } from './drift.ts'
import { aFinding, anExchange } from './testing/exchanges.ts'

const findings = drift(
  {
    live: {
      exchanges: [anExchange({ brandNew: 1 })],
      findings: [aFinding({ pointer: '/parts/0/brandNew' })],
    },
  },
  description,
)
const accepted = (changes: object = {}) => ({
  match: { operationId: 'getJob', class: 'undocumented-field', pointer: '/parts/*/brandNew' },
  owner: 'ada',
  reason: 'announced for March',
  reviewBy: '2027-03-01',
  ...changes,
})
const parsed = (...entries: object[]) => parseAcceptances(JSON.stringify({ accepted: entries }))

it('accepts what fits, until its day', () => {
  const report = accept(findings, parsed(accepted()), '2027-03-01')
  expect(report.findings[0]?.accepted).toEqual({
    owner: 'ada',
    reason: 'announced for March',
    reviewBy: '2027-03-01',
  })
  expect([report.expired, report.unused]).toEqual([[], []])
})

it('accepts nothing past its day, and says that it is past', () => {
  const report = accept(findings, parsed(accepted()), '2027-03-02')
  expect(report.findings[0]?.accepted).toBeNull()
  expect(report.expired).toHaveLength(1)
})

it('names what fits nothing any more', () => {
  const other = accepted({ match: { operationId: 'getFile' } })
  expect(accept(findings, parsed(other), '2026-11-28')).toMatchObject({ unused: [{ match: other.match }] })
})

it('takes ** for the rest of a pointer, and * for one step', () => {
  const fits = (pointer: string) =>
    accept(findings, parsed(accepted({ match: { pointer } })), '2026-11-28').findings[0]?.accepted !== null
  expect(['/parts/**', '/**', '/*/*/brandNew', '/parts/*', '/parts', '/part'].map(fits)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})

it.each([
  ['{', /no JSON/],
  ['[]', /holds/],
  [JSON.stringify({ accepted: [accepted({ owner: '' })] }), /1 has no "owner"/],
  [JSON.stringify({ accepted: [accepted({ reviewBy: 'never' })] }), /needs a "reviewBy"/],
  [JSON.stringify({ accepted: [accepted({ reviewBy: '2027-99-99' })] }), /needs a "reviewBy"/],
  [JSON.stringify({ accepted: [accepted({ reviewBy: '2027-02-31' })] }), /needs a "reviewBy"/],
  [JSON.stringify({ accepted: [accepted({ match: { path: '/x' } })] }), /matches by "path"/],
  [JSON.stringify({ accepted: [accepted({ match: { pair: 'mock-live' } })] }), /accept everything/],
])('refuses %s in words', (text, message) => {
  expect(() => parseAcceptances(text)).toThrow(AcceptanceError)
  expect(() => parseAcceptances(text)).toThrow(message)
})
