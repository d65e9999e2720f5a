import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EntryRing } from './entry-ring.ts'

type Step =
  | { kind: 'add'; startedAt: number; virtualTime: number | null; weight: number }
  | { kind: 'change'; back: number }
  | { kind: 'drop' }
  | { kind: 'clear' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      startedAt: fc.nat(),
      virtualTime: fc.option(fc.nat()),
      weight: fc.nat(100),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('change' as const), back: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'drop' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
)

interface Expected {
  readonly said: string
  readonly times: object
  readonly weight: number
}

/** The same by a map, and without any bound. */
function run(steps: readonly Step[], limit: number) {
  const ring = new EntryRing<string>(limit)
  const expected = new Map<number, Expected>()
  for (const [index, one] of steps.entries()) {
    if (one.kind === 'clear') {
      ring.clear()
      expected.clear()
    } else if (one.kind === 'drop') {
      if (expected.size > 0) dropFirst()
    } else if (one.kind === 'change') {
      const number = ring.last - one.back
      const entry = expected.get(number)
      if (!entry) continue
      ring.change(number, `changed ${index}`, index)
      expected.set(number, {
        ...entry,
        said: `changed ${index}`,
        times: { ...entry.times, durationMilliseconds: index },
      })
    } else {
      if (ring.isFull) dropFirst()
      const times = { startedAt: one.startedAt, durationMilliseconds: 0.5, virtualTime: one.virtualTime }
      const number = ring.add(`said ${index}`, one.weight, times)
      expected.set(number, { said: `said ${index}`, times, weight: one.weight })
    }
  }
  return { ring, expected }

  function dropFirst() {
    expected.delete(ring.first)
    ring.dropFirst()
  }
}

it('has the latest entries, each with what is its own, whatever was dropped, changed or cleared', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.integer({ min: 1, max: 100 }), (steps, limit) => {
      const { ring, expected } = run(steps, limit)
      expect(ring.count).toBe(expected.size)
      expect(ring.count).toBeLessThanOrEqual(limit)
      expect(ring.weight).toBe([...expected.values()].reduce((sum, { weight }) => sum + weight, 0))
      for (let number = 0; number <= ring.last + 1; number += 1)
        expect(ring.said(number)).toBe(expected.get(number)?.said)
      for (const [number, { times }] of expected) expect(ring.times(number)).toEqual(times)
    }),
  )
})

it('counts on after it was cleared', () => {
  const ring = new EntryRing<string>(10)
  const times = { startedAt: 1, durationMilliseconds: 2, virtualTime: null }
  expect([ring.add('a', 1, times), ring.add('b', 1, times)]).toEqual([1, 2])
  ring.clear()
  expect([ring.count, ring.weight, ring.last, ring.add('c', 1, times)]).toEqual([0, 0, 2, 3])
  expect([ring.said(2), ring.said(3)]).toEqual([undefined, 'c'])
})
