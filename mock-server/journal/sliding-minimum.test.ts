import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SlidingMinimum } from './sliding-minimum.ts'

it('knows the latest of what is below a limit, whatever was dropped before', () => {
  const steps = fc.array(fc.oneof(fc.nat(50), fc.constant('drop' as const)), { maxLength: 2_000 })
  fc.assert(
    fc.property(steps, fc.nat(60), (given, limit) => {
      const minimum = new SlidingMinimum()
      let held: { key: number; value: number }[] = []
      given.forEach((step, key) => {
        if (step === 'drop') {
          const [first] = held
          if (first) minimum.dropUpTo(first.key)
          held = held.slice(1)
        } else {
          minimum.push(key, step)
          held.push({ key, value: step })
        }
        const least = Math.min(...held.map(({ value }) => value))
        const latest = held.findLast(({ value }) => value === least)
        expect(minimum.below(limit)).toBe(latest && least < limit ? latest.key : null)
      })
    }),
    { numRuns: 30 },
  )
})
