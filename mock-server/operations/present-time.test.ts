import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instantOf } from '../domain/instant.ts'
import { offsetTime, utcTime } from './present-time.ts'

it('writes dates with six fraction digits', () => {
  const instant = instantOf(new Date('2023-09-04T11:40:12.120Z')) + 7
  expect(utcTime(instant)).toBe('2023-09-04T11:40:12.120007Z')
  expect(offsetTime(instant)).toBe('2023-09-04T11:40:12.120007+00:00')
})

it('keeps every microsecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e15 }), (instant) => {
      const text = utcTime(instant)
      const milliseconds = Date.parse(`${text.slice(0, 23)}Z`)
      expect(milliseconds * 1000 + Number(text.slice(23, 26))).toBe(instant)
    }),
  )
})
