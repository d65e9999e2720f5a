import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { worstCaseOf } from './worst-case.ts'

const prices = {
  currency: 'USD',
  perCoreHour: new Map([
    ['granite', 0.09],
    ['emerald', 0.125],
  ]),
}

const job = (
  hardware: Record<string, Json>,
  more: Record<string, Json> = {},
  analysis: Record<string, Json> = {},
): Json => ({
  jobanalyses: [
    {
      hardware: { coreType: { code: 'granite' }, coresPerSlot: 2, slots: 1, walltime: 1, ...hardware },
      ...analysis,
    },
  ],
  ...more,
})

describe('the worst case of a job', () => {
  it.each([
    ['walltime × cores × slots × price', job({ walltime: 3, coresPerSlot: 4, slots: 5 }), 5.4],
    ['rounded up to the cent', job({ coreType: { code: 'emerald' }, coresPerSlot: 1 }), 0.13],
    [
      'one slot where none is named',
      { jobanalyses: [{ hardware: { coreType: { code: 'granite' }, coresPerSlot: 2, walltime: 1 } }] },
      0.18,
    ],
    ['times the number of cases', job({}, { paramFile: { id: 'abcde' }, expectedRuns: 10 }), 1.8],
    [
      'all analyses together',
      {
        jobanalyses: [1, 2].map(() => ({
          hardware: { coreType: { code: 'granite' }, coresPerSlot: 2, slots: 1, walltime: 1 },
        })),
      },
      0.36,
    ],
  ])('is %s', (_, given, amount) => {
    expect(worstCaseOf(given, prices)).toEqual({ amount, currency: 'USD' })
  })

  it.each([
    ['no walltime', job({ walltime: null }), /walltime is not set/],
    ['a walltime of nothing', job({ walltime: 0 }), /walltime is not set/],
    ['a core type without a price', job({ coreType: { code: 'unheard' } }), /unheard has no price/],
    ['a licence', job({}, {}, { useRescaleLicense: true }), /licence/],
    ['cases that nobody counted', job({}, { paramFile: { id: 'abcde' } }), /nobody knows how many/],
    ['no analyses', { jobanalyses: [] }, /no analyses/],
    ['nothing', undefined, /no analyses/],
  ])('is not known of a job with %s, which is therefore not submitted', (_, given, why) => {
    expect(() => worstCaseOf(given, prices)).toThrow(why)
  })
})
