import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FittingTexts } from './fitting-texts.ts'

it('knows nothing but what it was told, under the key that it was told it', () => {
  const text = fc.constantFrom('a', 'b', 'ab', '')
  const told = fc.array(fc.tuple(fc.constantFrom('one', 'two'), text))
  fc.assert(
    fc.property(told, fc.constantFrom('one', 'two'), text, (pairs, key, asked) => {
      const texts = new FittingTexts()
      for (const pair of pairs) texts.add(...pair)
      if (texts.has(key, asked)) expect(pairs).toContainEqual([key, asked])
    }),
  )
})

it('remembers the last few texts of a key, and no long one', () => {
  const texts = new FittingTexts()
  for (let number = 1; number <= 10; number++) texts.add('key', `text ${number}`)
  texts.add('key', 'x'.repeat(1_000_000))
  const known = Array.from({ length: 10 }, (_, index) => `text ${index + 1}`).filter((text) =>
    texts.has('key', text),
  )
  expect(known).toEqual(['text 7', 'text 8', 'text 9', 'text 10'])
  expect(texts.has('key', 'x'.repeat(1_000_000))).toBe(false)
})
