import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hour, type Instant, minute, second } from '../domain/instant.ts'
import { BusiestHour } from './hour-window.ts'
import { scopeOf } from './scopes.ts'
import { Throttle } from './throttle.ts'

/** `SimpleRateThrottle` of Django REST framework 3.16, word for word: a list of times, newest first. */
class DrfThrottle {
  readonly #limit: number
  #history: Instant[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Seconds to wait, rounded up as the exception does; null when it lets the request through. */
  refusal(now: Instant): number | null {
    while ((this.#history.at(-1) ?? now) <= now - hour) this.#history.pop()
    if (this.#history.length < this.#limit) {
      this.#history.unshift(now)
      return null
    }
    const remaining = hour - (now - (this.#history.at(-1) ?? now))
    const available = this.#limit - this.#history.length + 1
    return Math.ceil(remaining / second / available)
  }
}

/** A clock that stands still. */
const at = (now: Instant) => ({ now: () => now, before: () => {} })

const steps = fc.array(fc.integer({ min: 0, max: 30 * minute }), { maxLength: 200 })

it('refuses what Django REST framework refuses, with the same wait', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 12 }), (gaps, limit) => {
      const throttle = new Throttle(true)
      throttle.setLimits({ user: limit })
      const drf = new DrfThrottle(limit)
      let now = 1_000 * hour
      for (const gap of gaps) {
        now += gap
        expect(throttle.refusal('getCurrentUser', at(now))).toBe(drf.refusal(now))
      }
    }),
  )
})

it('counts, when it is off, what it refuses when it is on', () => {
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 12 }), (gaps, limit) => {
      const [on, off] = [new Throttle(true), new Throttle(false)]
      for (const throttle of [on, off]) throttle.setLimits({ user: limit })
      let now = 0
      for (const gap of gaps) {
        now += gap
        on.refusal('getCurrentUser', at(now))
        expect(off.refusal('getCurrentUser', at(now))).toBeNull()
      }
      const [user, same] = [on.report(now)[0], off.report(now)[0]]
      expect(same).toEqual({ ...user, refused: 0, wouldRefuse: user?.refused })
      expect(user?.requests).toBe(gaps.length)
    }),
  )
})

it('finds the busiest hour, to the minute', () => {
  fc.assert(
    fc.property(steps, (gaps) => {
      const busiest = new BusiestHour()
      const minutes: number[] = []
      let now = 0
      for (const gap of gaps) {
        now += gap
        busiest.add(now)
        minutes.push(Math.floor(now / minute))
      }
      const within = minutes.map((last) => minutes.filter((one) => one <= last && one > last - 60).length)
      expect(busiest.most).toBe(Math.max(0, ...within))
    }),
  )
})

it.each([
  ['submitJob', 'job-submission'],
  ['listJobs', 'jobs-usage'],
  ['listJobStatuses', 'jobs-usage'],
  ['createJob', 'user'],
  ['stopJob', 'user'],
  ['downloadFile', 'user'],
] as const)('counts %s as %s', (operationId, scope) => {
  expect(scopeOf(operationId)).toBe(scope)
})

it('brings the clock up to date before it refuses', () => {
  const throttle = new Throttle(true)
  throttle.setLimits({ user: 1 })
  const later = { ...at(0), before: () => Object.assign(later, at(hour)) }
  expect(throttle.refusal('getCurrentUser', at(0))).toBeNull()
  expect(throttle.refusal('getCurrentUser', later)).toBeNull()
  expect(throttle.refusal('getCurrentUser', at(hour))).toBe(3_600)
})

it('goes on from what was saved as it would have gone on', () => {
  const operations = fc.array(
    fc.record({
      gap: fc.integer({ min: 0, max: 20 * minute }),
      id: fc.constantFrom('getCurrentUser' as const, 'submitJob' as const, 'getJob' as const),
    }),
    { maxLength: 120 },
  )
  fc.assert(
    fc.property(operations, operations, fc.integer({ min: 1, max: 9 }), (before, after, user) => {
      const throttle = new Throttle(false)
      throttle.isOn = true
      throttle.setLimits({ user, 'jobs-usage': 3 })
      let now = 1_000 * hour
      const goOn = (one: Throttle, all: typeof before) =>
        all.map(({ gap, id }) => {
          now += gap
          return one.refusal(id, at(now))
        })
      goOn(throttle, before)
      const loaded = new Throttle(false)
      loaded.load(JSON.parse(JSON.stringify(throttle.save())))
      const then = now
      const [rest, end] = [goOn(throttle, after), now]
      now = then
      expect(goOn(loaded, after)).toEqual(rest)
      expect([loaded.isOn, loaded.report(end)]).toEqual([true, throttle.report(end)])
    }),
  )
})
