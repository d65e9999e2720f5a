import { expect, it } from 'vitest'
import { type RecordedConversation, sightingsIn } from './sightings.ts'

const recording = (at: string, from: string, status = 200): RecordedConversation => ({
  recorded: { at: `${at}T09:00:00Z`, from },
  exchanges: [
    {
      operationId: 'createJob',
      request: { body: { json: { name: 'x' } } },
      response: { status, body: { json: { results: [{ id: 'a' }, { id: 'b', more: null }] } } },
    },
  ],
})

it('are operations, answers and fields that the real platform has shown, of the newest day', () => {
  const seen = sightingsIn([recording('2026-11-01', 'platform'), recording('2026-10-01', 'platform')])
  expect(seen.map(({ status = '', pointer = '', date }) => `${status} ${pointer} ${date}`)).toEqual([
    '  2026-11-01',
    '200  2026-11-01',
    '200 /results 2026-11-01',
    '200 /results/*/id 2026-11-01',
    '200 /results/*/more 2026-11-01',
    'request /name 2026-11-01',
  ])
})

it('take nothing from recordings of servers of our own', () => {
  expect(sightingsIn([recording('2026-11-01', 'second-server'), recording('2026-11-01', 'har')])).toEqual([])
})

it('do not take a request for evidence that was refused', () => {
  const seen = sightingsIn([recording('2026-11-01', 'platform', 400)])
  expect(seen.filter(({ status }) => status === 'request')).toEqual([])
})
