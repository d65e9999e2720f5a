import { expect, it } from 'vitest'
import { journalEvents } from './event-stream.ts'
import type { EntryFilter } from './filter.ts'
import { Journal } from './journal.ts'
import type { Draft } from './said.ts'

const draft: Draft = {
  startedAt: 0,
  durationMilliseconds: 0,
  virtualTime: null,
  operationId: 'listJobs',
  request: { method: 'GET', target: '/api/v2/jobs/', origin: 'http://h', headers: {} },
  requestBody: null,
  answer: { status: 200, headers: {} },
  answerBody: null,
  fault: null,
  findings: [],
  why: null,
}

/** A stream of a small journal, and a clock that is moved by hand. */
function aStream(filter: EntryFilter = {}) {
  const journal = new Journal('t', { entries: 10, bodyBytes: 100, bytes: 1_000 })
  const leaving = new AbortController()
  const timers = new Set<() => void>()
  const timer = {
    after: (_: number, callback: () => void) => {
      timers.add(callback)
      return () => timers.delete(callback)
    },
  }
  const events = journalEvents(journal, { filter, timer, signal: leaving.signal })
  const next = async () => {
    const { value, done } = await events.next()
    return done ? 'end' : Buffer.from(value).toString().split('\n').slice(0, 2).join(' ')
  }
  return { journal, leaving, timers, events, next }
}

it('tells entries as they come, and those after a number', async () => {
  const { journal, next } = aStream({ after: 0 })
  journal.add(draft)
  expect([await next(), await next()]).toEqual([': the journal of this key ', 'id: 1 event: entry'])
  const later = next()
  journal.add(draft)
  expect(await later).toBe('id: 2 event: entry')
})

it('tells a slow client how much it has missed, and queues nothing for it', async () => {
  const { journal, next } = aStream()
  await next()
  for (let number = 1; number <= 35; number += 1) journal.add(draft)
  expect(await next()).toBe('event: dropped data: {"count":25}')
  expect(await next()).toBe('id: 26 event: entry')
})

it('tells an entry again when its body has passed', async () => {
  const { journal, next } = aStream({ after: 0 })
  await next()
  const number = journal.add(draft)
  expect(await next()).toBe('id: 1 event: entry')
  const again = next()
  journal.finish(number, { head: new Uint8Array(3), size: 3, sha256: null, isComplete: true }, 5)
  expect(await again).toBe('id: 1 event: entry')
})

it('gives a sign of life while nothing happens', async () => {
  const { timers, next } = aStream()
  await next()
  const sign = next()
  await expect.poll(() => timers.size).toBe(1)
  for (const callback of timers) callback()
  expect(await sign).toBe(': ')
})

it('ends with its client, and leaves nothing behind', async () => {
  const { journal, leaving, timers, next } = aStream()
  await next()
  const last = next()
  await expect.poll(() => timers.size).toBe(1)
  leaving.abort()
  await last
  expect(await next()).toBe('end')
  expect([journal.isWatched, timers.size]).toEqual([false, 0])
})
