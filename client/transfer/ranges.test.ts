import fc from 'fast-check'
import { expect, it } from 'vitest'
import { IntegrityError, UnexpectedAnswerError } from '../errors.ts'
import { checkLength, checkPartial, connectionsFor, splitRanges } from './ranges.ts'

const REQUEST = { method: 'GET', url: 'http://x/', requestId: '1' }

it('cuts a file into ranges that cover every byte exactly once', () => {
  const sizes = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 2 ** 45 }))
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 64 }), (size, count) => {
      const ranges = splitRanges(size, count)
      expect(ranges).toHaveLength(Math.min(size, count))
      expect(ranges[0]?.start).toBe(0)
      expect(ranges.at(-1)?.end).toBe(size - 1)
      ranges.forEach(({ start, end }, index) => {
        expect(end).toBeGreaterThanOrEqual(start)
        if (index > 0) expect(start).toBe((ranges[index - 1]?.end ?? 0) + 1)
      })
      const lengths = ranges.map(({ start, end }) => end - start)
      expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1)
    }),
  )
})

it('makes no range of nothing, and no connection for a crumb', () => {
  expect(splitRanges(0, 10)).toEqual([])
  const MiB = 1024 * 1024
  expect([0, 1, 4 * MiB, 9 * MiB, 1024 * MiB].map((size) => connectionsFor(size, 10))).toEqual([
    1, 1, 1, 2, 10,
  ])
})

it('takes exactly the range that was asked for', () => {
  const ok = { 'content-range': 'bytes 10-19/100', 'content-length': '10' }
  expect(() => checkPartial(ok, { start: 10, end: 19 }, 100, REQUEST)).not.toThrow()
  expect(() =>
    checkPartial({ 'content-range': 'bytes 10-19/*' }, { start: 10, end: 19 }, 100, REQUEST),
  ).not.toThrow()
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), fc.nat(200), (start, end, size) => {
      fc.pre(start !== 10 || end !== 19 || size !== 100)
      const headers = { 'content-range': `bytes ${start}-${end}/${size}` }
      expect(() => checkPartial(headers, { start: 10, end: 19 }, 100, REQUEST)).toThrow()
    }),
  )
})

it.each([
  [{}, UnexpectedAnswerError],
  [{ 'content-range': 'bytes */100' }, UnexpectedAnswerError],
  [{ 'content-range': 'lines 10-19/100' }, UnexpectedAnswerError],
  [{ 'content-range': 'bytes 10-18/100' }, UnexpectedAnswerError],
  [{ 'content-range': 'bytes 10-19/99' }, IntegrityError],
  [{ 'content-range': 'bytes 10-19/100', 'content-length': '9' }, IntegrityError],
  [{ 'content-range': 'bytes 10-19/100', 'content-encoding': 'gzip' }, UnexpectedAnswerError],
])('refuses %j', (headers, kind) => {
  expect(() => checkPartial(headers, { start: 10, end: 19 }, 100, REQUEST)).toThrow(kind)
})

it('takes a whole file of the right length, or of none', () => {
  expect(() => checkLength({}, 5, REQUEST)).not.toThrow()
  expect(() => checkLength({ 'content-length': '5' }, 5, REQUEST)).not.toThrow()
  expect(() => checkLength({ 'content-length': '6' }, 5, REQUEST)).toThrow(IntegrityError)
})
