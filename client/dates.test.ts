import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDate } from './dates.ts'

it.each([
  ['2025-06-16T19:00:21.706989Z', '2025-06-16T19:00:21.706Z'],
  ['2023-09-04T11:03:46.398510+00:00', '2023-09-04T11:03:46.398Z'],
  ['2015-03-12T17:56:20.925043-07:00', '2015-03-13T00:56:20.925Z'],
  ['2015-02-18T03:08:49', '2015-02-18T03:08:49.000Z'],
  ['2015-02-18 03:08:49.1', '2015-02-18T03:08:49.100Z'],
  ['2015-02-18', '2015-02-18T00:00:00.000Z'],
  ['2015-02-18T03:08:49+0530', '2015-02-17T21:38:49.000Z'],
])('reads %s', (text, expected) => {
  expect(parseDate(text)?.toISOString()).toBe(expected)
})

it.each([undefined, null, '', 'yesterday', '2015-13-40T00:00:00Z', '2015-02-18T03'])(
  'reads no date in %s',
  (text) => {
    expect(parseDate(text)).toBeUndefined()
  },
)

it('reads every date that this machine writes', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      expect(parseDate(date.toISOString())).toEqual(date)
      expect(parseDate(date.toISOString().replace('Z', '000+00:00'))).toEqual(date)
    }),
  )
})
