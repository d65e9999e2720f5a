import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hour, latestInstant, minute, second } from './instant.ts'
import { type Booking, Scheduler } from './scheduler.ts'

it('stops at each appointment at its own instant', () => {
  const scheduler = new Scheduler<string>(1000)
  scheduler.book({ delay: 20, event: 'second' })
  scheduler.book({ delay: 10, event: 'first' })
  const seen: [string, number][] = []
  scheduler.advanceTo(1100, (event) => seen.push([event, scheduler.now()]))
  expect(seen).toEqual([
    ['first', 1010],
    ['second', 1020],
  ])
  expect(scheduler.now()).toBe(1100)
})

it('includes what is booked on the way', () => {
  const scheduler = new Scheduler<number>(0)
  scheduler.book({ delay: 10 * minute, event: 1 })
  const seen: number[] = []
  scheduler.advanceTo(60 * minute, (step) => {
    seen.push(scheduler.now())
    if (step < 3) scheduler.book({ delay: 10 * minute, event: step + 1 })
  })
  expect(seen).toEqual([10 * minute, 20 * minute, 30 * minute])
})

it('keeps the order of booking at the same instant', () => {
  const scheduler = new Scheduler<number>(0)
  for (let event = 0; event < 50; event += 1) scheduler.book({ delay: second, event })
  const seen: number[] = []
  scheduler.advanceTo(second, (event) => seen.push(event))
  expect(seen).toEqual(Array.from({ length: 50 }, (_, event) => event))
})

it('settles without waiting for what is optional', () => {
  const scheduler = new Scheduler<string>(0)
  scheduler.book({ delay: 10, event: 'early', optional: true })
  scheduler.book({ delay: 20, event: 'firm' })
  scheduler.book({ delay: 30, event: 'late', optional: true })
  const seen: string[] = []
  scheduler.settle((event) => seen.push(event))
  expect(seen).toEqual(['early', 'firm'])
  expect(scheduler.now()).toBe(20)
  expect(scheduler.nextDue()).toBe(30)
})

it('never goes back', () => {
  const scheduler = new Scheduler<string>(100)
  expect(() => scheduler.advanceTo(99, () => undefined)).toThrow(RangeError)
  expect(() => scheduler.advanceTo(Number.NaN, () => undefined)).toThrow(RangeError)
  scheduler.book({ at: 50, event: 'late' })
  scheduler.advanceTo(100, () => expect(scheduler.now()).toBe(100))
  expect(scheduler.upcoming()).toEqual([])
})

it('has an end, at which all that was booked for later happens', () => {
  const scheduler = new Scheduler<string>(latestInstant - second)
  scheduler.book({ delay: hour, event: 'beyond' })
  scheduler.book({ at: Number.POSITIVE_INFINITY, event: 'never' })
  const seen: string[] = []
  scheduler.advanceTo(latestInstant + minute, (event) => {
    seen.push(event)
    if (event === 'beyond') scheduler.book({ delay: 1, event: 'after it' })
  })
  expect(seen).toEqual(['beyond', 'never', 'after it'])
  expect(scheduler.now()).toBe(latestInstant)
  scheduler.advanceTo(Number.MAX_VALUE, () => {})
  expect(scheduler.now()).toBe(latestInstant)
})

it('gives up on events that book themselves for ever', () => {
  const scheduler = new Scheduler<string>(0)
  scheduler.book({ delay: 0, event: 'again' })
  expect(() => scheduler.settle((event) => scheduler.book({ delay: 0, event }))).toThrow('never end')
})

interface Planned {
  readonly delay: number
  readonly optional: boolean
  /** What it books when it happens. */
  readonly follow: readonly number[]
}

type Command =
  | { readonly kind: 'book'; readonly planned: Planned }
  | { readonly kind: 'advance'; readonly duration: number }
  | { readonly kind: 'settle' }
  | { readonly kind: 'cancel'; readonly remainder: number }

const planned: fc.Arbitrary<Planned> = fc.record({
  delay: fc.nat(20),
  optional: fc.boolean(),
  follow: fc.array(fc.nat(20), { maxLength: 3 }),
})

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('book' as const), planned }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('advance' as const), duration: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('settle' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), remainder: fc.nat(4) }) },
)

interface Due {
  readonly number: number
  readonly follow: readonly number[]
}

/** A list that is searched for the earliest each time. */
class NaiveScheduler {
  time = 0
  due: { at: number; event: Due; optional: boolean }[] = []

  book({ delay = 0, event, optional = false }: Booking<Due>): void {
    this.due.push({ at: this.time + delay, event, optional })
  }

  run(until: number | null, happen: (event: Due) => void): void {
    for (;;) {
      const at = Math.min(...this.due.map((one) => one.at))
      const isOver = until === null ? this.due.every(({ optional }) => optional) : at > until
      const index = this.due.findIndex((one) => one.at === at)
      const [next] = isOver || index < 0 ? [] : this.due.splice(index, 1)
      if (!next) break
      this.time = next.at
      happen(next.event)
    }
    if (until !== null) this.time = until
  }
}

it('does what a list would do that is searched each time', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      const scheduler = new Scheduler<Due>(0)
      const naive = new NaiveScheduler()
      const logs: [string[], string[]] = [[], []]
      const happen = (log: string[], target: { book(booking: Booking<Due>): void }, now: () => number) => {
        return ({ number, follow }: Due) => {
          log.push(`${number} at ${now()}`)
          for (const delay of follow) target.book({ delay, event: { number: number + 1000, follow: [] } })
        }
      }
      const real = happen(logs[0], scheduler, () => scheduler.now())
      const model = happen(logs[1], naive, () => naive.time)
      commands.forEach((one, number) => {
        if (one.kind === 'book') {
          const { delay, optional, follow } = one.planned
          scheduler.book({ delay, optional, event: { number, follow } })
          naive.book({ delay, optional, event: { number, follow } })
        } else if (one.kind === 'advance') {
          scheduler.advanceTo(scheduler.now() + one.duration, real)
          naive.run(naive.time + one.duration, model)
        } else if (one.kind === 'settle') {
          scheduler.settle(real)
          naive.run(null, model)
        } else {
          scheduler.cancel((event) => event.number % 5 === one.remainder)
          naive.due = naive.due.filter(({ event }) => event.number % 5 !== one.remainder)
        }
        expect(scheduler.now()).toBe(naive.time)
        expect(scheduler.nextDue()).toBe(
          naive.due.length === 0 ? null : Math.min(...naive.due.map(({ at }) => at)),
        )
        const inOrder = naive.due.toSorted((first, second) => first.at - second.at)
        expect(scheduler.upcoming().map(({ event }) => event)).toEqual(inOrder.map(({ event }) => event))
      })
      expect(logs[0]).toEqual(logs[1])
    }),
  )
})
