import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PageTexts } from './page-texts.ts'

const content = fc.record({
  count: fc.nat(3),
  links: fc.record({
    next: fc.constantFrom(null, 'http://h/?page=2', 'http://h/?q="'),
    previous: fc.constantFrom(null, 'http://h/'),
  }),
  rows: fc.array(fc.constantFrom('{"a":1}', '{"a":2}', '{"π":null}'), { maxLength: 3 }),
})

it('gives what is asked for and nothing from before, whichever pages are asked for in turn', () => {
  const places = [{}, {}, {}]
  const asking = fc.record({ place: fc.constantFrom(...places), content })
  fc.assert(
    fc.property(fc.array(asking, { maxLength: 50 }), (askings) => {
      const texts = new PageTexts()
      for (const { place, content } of askings)
        expect(texts.textOf(place, content)).toBe(
          JSON.stringify({
            count: content.count,
            ...content.links,
            results: content.rows.map((row) => JSON.parse(row)),
          }),
        )
    }),
  )
})

const page = (size: number) => ({
  count: 1,
  links: { next: null, previous: null },
  rows: [`"${'x'.repeat(size)}"`],
})

it('remembers pages that are asked for again, of bounded length, and a bounded number of them', () => {
  const texts = new PageTexts()
  const polled = (size: number) => {
    const place = {}
    for (let time = 0; time < 3; time += 1) texts.textOf(place, page(size))
  }
  polled(100_000)
  expect(texts.heldCharacters).toBe(0)
  for (let index = 0; index < 100; index += 1) polled(60_000)
  expect(texts.heldCharacters).toBeGreaterThan(60_000)
  expect(texts.heldCharacters).toBeLessThanOrEqual(16 * (64 << 10))
})

it('remembers nothing of pages that are asked for one after the other', () => {
  const texts = new PageTexts()
  const places = Array.from({ length: 100 }, () => ({}))
  for (const place of [...places, ...places]) texts.textOf(place, page(1_000))
  expect(texts.heldCharacters).toBe(0)
})
