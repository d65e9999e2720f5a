import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SortedSequence } from './sorted-sequence.ts'

const item = (sequence: number) => ({ sequence })

it('reads as a sorted array does, newest first, whatever was added and removed', () => {
  const change = fc.record({ add: fc.boolean(), sequence: fc.nat(60) })
  const page = fc.record({
    start: fc.integer({ min: -3, max: 70 }),
    length: fc.integer({ min: -2, max: 70 }),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), page, (changes, { start, length }) => {
      const sequence = new SortedSequence<{ sequence: number }>()
      const model = new Map<number, { sequence: number }>()
      for (const { add, sequence: number } of changes) {
        const known = model.get(number)
        if (add && !known) {
          const added = item(number)
          model.set(number, added)
          sequence.add(added)
        } else if (!add) {
          sequence.remove(known ?? item(number))
          model.delete(number)
        }
      }
      const expected = [...model.values()].sort((one, other) => other.sequence - one.sequence)
      expect(sequence.count).toBe(expected.length)
      expect([...sequence]).toEqual(expected)
      expect(sequence.slice(start, start + length)).toEqual(
        expected.slice(Math.max(start, 0), Math.max(start + length, 0)),
      )
    }),
  )
})

it('keeps the order over many blocks, when items come and go in any order', () => {
  const sequence = new SortedSequence<{ sequence: number }>()
  const items = Array.from({ length: 20_000 }, (_, number) => item((number * 7919) % 20_000))
  for (const one of items) sequence.add(one)
  for (const one of items) if (one.sequence % 3 === 0) sequence.remove(one)
  const left = items
    .filter((one) => one.sequence % 3 !== 0)
    .sort((one, other) => other.sequence - one.sequence)
  expect(sequence.count).toBe(left.length)
  for (const start of [0, 1, 511, 512, 513, 9_999, left.length - 3, left.length])
    expect(sequence.slice(start, start + 5)).toEqual(left.slice(start, start + 5))
})
