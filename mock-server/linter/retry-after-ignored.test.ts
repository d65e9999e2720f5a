import { expect, it } from 'vitest'
import type { JournalEntry } from '../journal/entry.ts'
import { retryAfterIgnored } from './retry-after-ignored.ts'

const START = Date.UTC(2026, 10, 29)
const at = (milliseconds: number): string => new Date(START + milliseconds).toISOString()

/** Throttled for five seconds by an answer that took so long; sent again so long after it was asked. Milliseconds. */
function again({ took, real, virtual }: { took: number; real: number; virtual: number }) {
  const common = {
    operationId: 'getCurrentUser',
    request: { method: 'GET', url: 'http://rescale.test/api/v2/users/me/' },
    durationMilliseconds: took,
  }
  const refused = { status: 429, headers: { 'retry-after': '5' } }
  const entries = [
    { ...common, number: 1, startedAt: at(0), virtualTime: at(0), answer: refused },
    {
      ...common,
      number: 2,
      startedAt: at(real),
      virtualTime: at(virtual),
      answer: { status: 200, headers: {} },
    },
  ]
  return retryAfterIgnored.find(entries as unknown as JournalEntry[]).map(({ text }) => text)
}

it.each([
  ['on the clock of the world, however long the answer took on that of the machine', 3_000, 3_010, 5_000],
  ['on the clock of the machine, from when the answer was there', 3_000, 8_000, 0],
])('a wait is whole %s', (_, took, real, virtual) => {
  expect(again({ took, real, virtual })).toEqual([])
})

it('a wait that began with the request and not with its answer is too short', () => {
  expect(again({ took: 3_000, real: 5_000, virtual: 0 })).toEqual([
    'sent again after 2.0 s, though 429 said to wait 5.0 s',
  ])
})
