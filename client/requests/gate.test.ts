import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aClock } from '../test-support/clock.ts'
import { Gate } from './gate.ts'
import { scopeOf } from './scopes.ts'
import { TokenBucket } from './token-bucket.ts'

it('lets so many through in any time as burst and rate allow, in their order', async () => {
  const limits = fc.record({
    perSecond: fc.double({ min: 0.1, max: 50, noNaN: true }),
    burst: fc.integer({ min: 1, max: 20 }),
  })
  await fc.assert(
    fc.asyncProperty(limits, fc.integer({ min: 1, max: 60 }), async (limit, count) => {
      const clock = aClock()
      const start = clock.now()
      const gate = new Gate(clock, new TokenBucket(limit, start), 1e12)
      const passed: { index: number; seconds: number }[] = []
      const enter = async (index: number) => {
        await gate.enter(undefined)
        passed.push({ index, seconds: (clock.now() - start) / 1000 })
      }
      await Promise.all(Array.from({ length: count }, (_, index) => enter(index)))
      expect(passed.map(({ index }) => index)).toEqual(passed.map((_, position) => position))
      for (const { index, seconds } of passed) {
        expect(index + 1).toBeLessThanOrEqual(limit.burst + seconds * limit.perSecond + 1e-6)
      }
    }),
  )
})

it('goes half as fast after a refusal, and gets back to full speed', () => {
  const bucket = new TokenBucket({ perSecond: 8, burst: 4 }, 0)
  bucket.refused(0)
  expect([bucket.perSecond, bucket.take(0), bucket.waitMs(1, 0)]).toEqual([4, false, 250])
  for (let times = 0; times < 20; times++) bucket.refused(0)
  expect(bucket.perSecond).toBe(0.5)
  for (let times = 0; times < 100; times++) bucket.accepted()
  expect(bucket.perSecond).toBe(8)
})

it('takes refusals that come together for one', () => {
  const clock = aClock()
  const bucket = new TokenBucket({ perSecond: 8, burst: 4 }, clock.now())
  const gate = new Gate(clock, bucket, 1e12)
  for (let times = 0; times < 5; times++) gate.block(1_000)
  expect(bucket.perSecond).toBe(4)
})

it('forgets who went away, and lets the next one go first', async () => {
  const clock = aClock()
  const gate = new Gate(clock, new TokenBucket({ perSecond: 1, burst: 1 }, clock.now()), 1e12)
  await gate.enter(undefined)
  const controller = new AbortController()
  const gone = gate.enter(controller.signal).catch((reason) => reason)
  const next = gate.enter(undefined)
  controller.abort('gone')
  expect([await gone, await next]).toEqual(['gone', undefined])
})

it('turns those away that wait already when the pause becomes too long', async () => {
  const clock = { ...aClock(), sleep: (_: number, signal?: AbortSignal) => untilAborted(signal) }
  const gate = new Gate(clock, undefined, 10_000)
  gate.block(5_000)
  const waiting = gate.enter(undefined)
  gate.block(60_000)
  expect(await waiting).toBe(60_000)
  expect(await gate.enter(undefined)).toBe(60_000)
})

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
}

it.each([
  ['GET', '/api/v2/jobs/', 'jobs-usage'],
  ['GET', '/api/v2/jobs/abc/statuses/?page=2', 'jobs-usage'],
  ['POST', '/api/v2/jobs/abc/submit/', 'job-submission'],
  ['POST', '/api/v2/jobs/', 'user'],
  ['GET', '/api/v2/jobsomething/', 'user'],
  ['GET', '/api/v2/files/abc/contents/', 'user'],
])('counts %s %s as %s', (method, path, scope) => {
  expect(scopeOf(method, `https://platform.rescale.com${path}`)).toBe(scope)
})
