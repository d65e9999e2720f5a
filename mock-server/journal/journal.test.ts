import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultLimits, Journal } from './journal.ts'
import { Journals } from './journals.ts'
import type { Draft } from './said.ts'
import { MOST_LISTED, verifyNow } from './verify.ts'

const draft = (changes: Partial<Draft> = {}): Draft => ({
  startedAt: 0,
  durationMilliseconds: 0,
  virtualTime: null,
  operationId: 'listJobs',
  request: { method: 'GET', target: '/api/v2/jobs/', origin: 'http://h', headers: { host: 'h' } },
  requestBody: null,
  answer: { status: 200, headers: {} },
  answerBody: 'text',
  fault: null,
  findings: [],
  why: null,
  ...changes,
})

const limits = { entries: 50, bodyBytes: 1_000, bytes: 8_000 }

it('never shows a body that is not the entry’s own, whatever came after it', () => {
  const body = fc.record({
    target: fc.nat(4),
    text: fc.oneof(fc.nat(3), fc.nat(10_000)),
    size: fc.nat(1_500),
  })
  fc.assert(
    fc.property(fc.array(body, { maxLength: 200 }), (bodies) => {
      const journal = new Journal('t', limits)
      const texts = bodies.map(({ target, text, size }) => {
        const answerBody = `${text}.`.padEnd(size, '-')
        const request = { ...draft().request, target: `/${target}` }
        journal.add(draft({ request, answerBody }))
        return answerBody
      })
      const entries = [...journal.entries()]
      expect(entries.map(({ number }) => number)).toEqual(
        Array.from({ length: entries.length }, (_, index) => bodies.length - entries.length + index + 1),
      )
      for (const { number, answer } of entries)
        expect(answer?.body?.text).toBe(texts[number - 1]?.slice(0, limits.bodyBytes))
      expect(journal.count + journal.dropped).toBe(bodies.length)
      expect(journal.count).toBeLessThanOrEqual(limits.entries)
      if (bodies.length > 0) expect(journal.count).toBeGreaterThan(0)
    }),
  )
})

it('tells of each exchange what it would tell of it alone, however like the ones before it is', () => {
  const asked = { head: Buffer.from('asked'), size: 5, sha256: null, isComplete: true }
  const finding = {
    class: 'violation',
    operationId: null,
    side: 'response',
    status: 200,
    message: 'm',
  } as const
  const request = (part: Partial<Draft['request']>) => (before: Draft) => ({
    ...before,
    request: { ...before.request, ...part },
  })
  const answer = (part: Partial<NonNullable<Draft['answer']>>) => (before: Draft) => ({
    ...before,
    answer: { status: 200, headers: {}, ...before.answer, ...part },
  })
  const rest = (part: Partial<Draft>) => (before: Draft) => ({ ...before, ...part })
  // One thing after the other, so that nearly all stays the same.
  const change = fc.constantFrom(
    ...['GET', 'HEAD'].map((method) => request({ method })),
    ...['/a', '/b'].map((target) => request({ target })),
    ...['http://h', 'http://other'].map((origin) => request({ origin })),
    ...['Token x', 'Token y', 'Bearer x', 'x'].map((authorization) =>
      request({ headers: { authorization } }),
    ),
    ...[200, 201].map((status) => answer({ status })),
    ...['text/plain', 'text/html'].map((type) => answer({ headers: { 'content-type': type } })),
    ...(['listJobs', 'getJob', null] as const).map((operationId) => rest({ operationId })),
    ...['text', 'other', null].map((answerBody) => rest({ answerBody })),
    ...[null, asked].map((requestBody) => rest({ requestBody })),
    ...[null, { kind: 'cut', plan: null, effect: 'cut the body' }].map((fault) => rest({ fault })),
    ...[[], [finding]].map((findings) => rest({ findings })),
    ...[null, { code: 'c', text: 'because', nearest: [] }].map((why) => rest({ why })),
    ...[1, 2].map((startedAt) => rest({ startedAt })),
    ...[1, 2].map((durationMilliseconds) => rest({ durationMilliseconds })),
    ...[1, null].map((virtualTime) => rest({ virtualTime })),
  )
  fc.assert(
    fc.property(fc.array(change, { maxLength: 100, size: 'max' }), (changes) => {
      const journal = new Journal('t', limits)
      let latest = draft()
      for (const one of changes) {
        latest = one(latest)
        const number = journal.add(latest)
        const alone = new Journal('t', limits)
        alone.add(latest)
        expect(journal.entry(number)).toEqual({ ...alone.entry(1), number })
      }
    }),
  )
})

it('blanks in the same answer what became known to be secret since', () => {
  const journal = new Journal('t', limits)
  const asked = (text: string) => ({
    head: Buffer.from(text),
    size: text.length,
    sha256: null,
    isComplete: true,
  })
  const said = draft({ operationId: 'getCurrentUser', answerBody: 'correct horse battery' })
  journal.add(said)
  journal.add(draft({ ...said, requestBody: asked('{"MY_TOKEN":"correct horse"}') }))
  journal.add(said)
  const texts = [...journal.entries()].map(({ answer }) => answer?.body?.text)
  expect(texts).toEqual(Array(3).fill('[redacted] battery'))
})

it('keeps the same answer once', () => {
  const journal = new Journal('t', limits)
  for (let poll = 0; poll < 50; poll += 1) journal.add(draft({ answerBody: 'x'.repeat(1_000) }))
  expect([journal.count, journal.dropped]).toEqual([50, 0])
  expect([...journal.entries()].every(({ answer }) => answer?.body?.size === 1_000)).toBe(true)
})

it('numbers the first hundred that were meant, and counts all', () => {
  const journal = new Journal('t', defaultLimits)
  const listed = () => {
    journal.add(draft())
    const { matching, count } = verifyNow(journal, { request: { operation: 'listJobs' } })
    return [matching.length, matching.at(-1), count]
  }
  for (let number = 1; number <= MOST_LISTED; number += 1) expect(listed()).toEqual([number, number, number])
  expect(listed()).toEqual([MOST_LISTED, MOST_LISTED, MOST_LISTED + 1])
})

it('takes bounded memory for long heads too', () => {
  const journal = new Journal('t', defaultLimits)
  for (let index = 0; index < 1_000; index += 1) {
    const headers = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`x-${n}`, `${index}`.repeat(2_000)]),
    )
    journal.add(draft({ request: { ...draft().request, headers } }))
  }
  expect(journal.heldBytes).toBeLessThan(4 << 20)
  expect(journal.count).toBeGreaterThan(20)
})

it('keeps findings, and blanks what they quote', () => {
  const journal = new Journal('t', limits)
  const key = '0123456789abcdef0123456789abcdef01234567'
  const finding = {
    class: 'violation',
    operationId: 'listJobs',
    side: 'response',
    status: 200,
    pointer: '/a',
  } as const
  journal.add(draft({ findings: [{ ...finding, message: 'must be a number', received: `"${key}"` }] }))
  expect(journal.entry(1)?.findings).toEqual([
    { ...finding, message: 'must be a number', received: '"[redacted]"' },
  ])
})

it('goes on counting when it was cleared', () => {
  const journal = new Journal('t', limits)
  journal.add(draft())
  journal.clear()
  journal.add(draft())
  expect([...journal.entries()].map(({ number }) => number)).toEqual([2])
  expect(journal.entry(1)).toBeUndefined()
})

it('tells listeners of entries, until they stop', () => {
  const journal = new Journal('t', limits)
  const heard: number[] = []
  const stop = journal.onEntry((number) => heard.push(number))
  journal.add(draft())
  stop()
  journal.add(draft())
  expect(heard).toEqual([1])
})

it('gives the memory of tenants that are long silent to others', () => {
  const journals = new Journals()
  for (let tenant = 0; tenant < 40; tenant += 1)
    for (let entry = 0; entry < 40; entry += 1)
      journals.add(journals.of(`t${tenant}`), draft({ answerBody: `${entry} `.repeat(20_000) }))
  const held = Array.from({ length: 40 }, (_, tenant) => journals.of(`t${tenant}`))
  expect(held.reduce((sum, { heldBytes }) => sum + heldBytes, 0)).toBeLessThanOrEqual(64 << 20)
  expect([held[0]?.count, held[0]?.dropped]).toEqual([0, 40])
  expect([held[39]?.count, held[39]?.dropped]).toEqual([40, 0])
})
