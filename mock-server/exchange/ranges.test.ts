import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maximumRanges, rangesOf } from './ranges.ts'

const size = 100
const whole = { kind: 'whole' }
const unsatisfiable = { kind: 'unsatisfiable' }
const ranges = (...pairs: [number, number][]) => ({
  kind: 'ranges',
  ranges: pairs.map(([start, end]) => ({ start, end })),
})

it.each([
  ['bytes=0-0', ranges([0, 1])],
  ['bytes=0-49', ranges([0, 50])],
  ['bytes=50-', ranges([50, 100])],
  ['bytes=-10', ranges([90, 100])],
  ['bytes=-1000', ranges([0, 100])],
  ['bytes=99-99', ranges([99, 100])],
  ['bytes=90-101', ranges([90, 100])],
  ['bytes=0-99999999999999999999999999', ranges([0, 100])],
  ['BYTES=0-1', ranges([0, 2])],
  [' bytes=0-1 ', ranges([0, 2])],
  ['bytes=0-1, 5-6', ranges([0, 2], [5, 7])],
  ['bytes=,, 0-1 ,,5-6,', ranges([0, 2], [5, 7])],
  ['bytes=5-6,0-1', ranges([5, 7], [0, 2])],
  ['bytes=0-1,2-3', ranges([0, 2], [2, 4])],
  ['bytes=0-10,5-20', ranges([0, 21])],
  ['bytes=50-60,0-,-1', ranges([0, 100])],
  ['bytes=0-1,200-300', ranges([0, 2])],
] as const)('reads %j', (header, expected) => {
  expect(rangesOf(header, size)).toEqual(expected)
})

it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', 'bytes=200-,300-400', 'bytes=99999999999999999999999-'])(
  'cannot satisfy %j of 100 bytes',
  (header) => {
    expect(rangesOf(header, size)).toEqual(unsatisfiable)
  },
)

it.each([
  'bytes',
  'bytes=',
  'bytes=,',
  'bytes=-',
  'bytes=5-2',
  'bytes=a-b',
  'bytes=0x1-5',
  'bytes=1.5-5',
  'bytes=0-1;2-3',
  'bytes=0-1,x',
  'bytes=0-1, bytes=2-3',
  'bytes=--5',
  'bytes=+1-5',
  'bytes=1 - 5',
  'items=0-1',
  'none',
  '',
  '0-1',
  'bytes=٣-٤',
])('ignores %j', (header) => {
  expect(rangesOf(header, size)).toEqual(whole)
})

it('has nothing to answer without the header', () => {
  expect(rangesOf(undefined, size)).toEqual(whole)
})

it('ignores a header with too many ranges', () => {
  const many = (count: number) => `bytes=${Array.from({ length: count }, (_, index) => `${index}-${index}`)}`
  expect(rangesOf(many(maximumRanges), 1_000).kind).toBe('ranges')
  expect(rangesOf(many(maximumRanges + 1), 1_000)).toEqual(whole)
})

describe('an empty file', () => {
  it.each([
    ['bytes=0-', unsatisfiable],
    ['bytes=0-0', unsatisfiable],
    ['bytes=-0', unsatisfiable],
    ['bytes=-5', whole],
    ['bytes=x', whole],
  ])('takes %j by the book', (header, expected) => {
    expect(rangesOf(header, 0)).toEqual(expected)
  })
})

it('means exactly the bytes that were asked for, each once', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.array(aSpec, { minLength: 1, maxLength: 8 }),
      (length, specs) => {
        const verdict = rangesOf(`bytes=${specs.map(specText).join(',')}`, length)
        const wanted = Array.from({ length }, (_, at) => specs.some((spec) => means(spec, at, length)))
        if (specs.some(({ first, last }) => first !== null && last !== null && last < first))
          return void expect(verdict).toEqual(whole)
        if (!wanted.includes(true)) return void expect(verdict).toEqual(unsatisfiable)
        const given = Array.from({ length }, () => 0)
        for (const { start, end } of verdict.kind === 'ranges' ? verdict.ranges : [])
          for (let at = start; at < end; at += 1) given[at] = (given[at] ?? Number.NaN) + 1
        expect(given).toEqual(wanted.map(Number))
      },
    ),
  )
})

it('never fails on any header', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^bytes=[-,0-9 ]*$/)), fc.nat(), (header, length) => {
      const verdict = rangesOf(header, length)
      fc.pre(verdict.kind === 'ranges')
      expect(verdict.ranges.length).toBeGreaterThan(0)
      for (const { start, end } of verdict.ranges)
        expect(0 <= start && start < end && end <= length).toBe(true)
    }),
  )
})

interface Spec {
  readonly first: number | null
  readonly last: number | null
}

const aSpec: fc.Arbitrary<Spec> = fc
  .record({ first: fc.option(fc.nat(70)), last: fc.option(fc.nat(70)) })
  .filter(({ first, last }) => first !== null || last !== null)

const specText = ({ first, last }: Spec): string => `${first ?? ''}-${last ?? ''}`

/** Whether a spec means the byte at `at`, said as plainly as can be. */
const means = ({ first, last }: Spec, at: number, length: number): boolean =>
  first === null ? at >= length - (last ?? 0) : at >= first && (last === null || at <= last)
