import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SumOfSums, seal, unseal } from './seal.ts'

it('gives back what was sealed under the same key', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (key, value) => {
      const { text, sum } = seal(key, value)
      expect(unseal(key, text)).toEqual({ value: JSON.parse(JSON.stringify(value)), sum })
    }),
  )
})

it('gives nothing for a text that was changed, cut or moved', () => {
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), fc.nat(), fc.nat(), (key, value, place, change) => {
      const { text } = seal(key, value)
      const at = place % text.length
      const other = String.fromCharCode((text.charCodeAt(at) + 1 + (change % 90)) % 128)
      if (other !== text[at]) expect(unseal(key, text.slice(0, at) + other + text.slice(at + 1))).toBeNull()
      expect(unseal(key, text.slice(0, at))).toBeNull()
      expect(unseal(`${key}!`, text)).toBeNull()
    }),
  )
})

it('sums up records in any order, and without those that are taken away', () => {
  const [one, two, three] = ['a', 'b', 'c'].map((key) => seal(key, 1).sum)
  const sum = new SumOfSums()
  const other = new SumOfSums()
  for (const part of [one, two, three]) if (part) sum.toggle(part)
  for (const part of [three, two, one, two]) if (part) other.toggle(part)
  expect(String(sum)).not.toBe(String(other))
  if (two) other.toggle(two)
  expect(String(sum)).toBe(String(other))
})
