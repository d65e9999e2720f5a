import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CatalogueEntries, noEntries, withEntries } from '../domain/own-catalogue.ts'
import { knownCatalogue } from './known-catalogue.ts'
import { coreTypeFrom } from './known-coretypes.ts'
import { tenantCatalogue, withOwnEntries } from './tenant-catalogue.ts'

const code = fc.constantFrom('granite', 'emerald_max', 'mine', 'other')
const amount = fc.constantFrom('0.1000', '0.2000', '3.0000')

const coreType = fc
  .record({ code, price: fc.constantFrom(0.5, 1, 2), lowPriorityPrice: amount })
  .map((given) =>
    coreTypeFrom({
      ...given,
      name: given.code,
      cores: [1],
      memory: 1,
      storage: 1,
      processorInfo: '',
      displayOrder: null,
    }),
  )

const entries: fc.Arbitrary<CatalogueEntries> = fc.record({
  coreTypes: fc.uniqueArray(coreType, { selector: (one) => one.code }),
  analyses: fc.constant([]),
  computePrices: fc.uniqueArray(
    fc.record({
      coreType: code,
      planType: fc.constantFrom('on-demand' as const, 'on-demand-pro' as const),
      os: fc.constantFrom('linux' as const, 'windows' as const),
      isActive: fc.boolean(),
      value: amount.map((text) => ({ amount: text, currency: 'USD' })),
    }),
    { selector: ({ coreType, planType, os }) => `${coreType} ${planType} ${os}` },
  ),
  projects: fc.constant([]),
})

const plain = ({ coreTypes, analyses, computePrices }: ReturnType<typeof withOwnEntries>) => ({
  coreTypes,
  analyses,
  computePrices,
})

describe('the catalogue of a tenant', () => {
  it('is the shared one itself as long as it has no entries of its own', async () => {
    let own = noEntries
    const catalogue = tenantCatalogue(
      async () => knownCatalogue,
      () => own,
    )
    expect(await catalogue()).toBe(knownCatalogue)
    own = { ...noEntries, projects: [{ id: 'a', name: 'A' }] }
    expect(await catalogue()).not.toBe(knownCatalogue)
    expect(await catalogue()).toBe(await catalogue())
    own = noEntries
    expect(await catalogue()).toBe(knownCatalogue)
  })

  it('has each core type once, as it was told last, and four prices of each', () => {
    fc.assert(
      fc.property(entries, (own) => {
        const all = withOwnEntries(knownCatalogue, own)
        const codes = all.coreTypes.map((one) => one.code)
        expect(new Set(codes).size).toBe(codes.length)
        for (const one of own.coreTypes) expect(all.coreType(one.code)).toBe(one)
        for (const one of knownCatalogue.coreTypes)
          if (!own.coreTypes.some((other) => other.code === one.code))
            expect(all.coreType(one.code)).toBe(one)
        for (const price of own.computePrices) expect(all.computePrices).toContain(price)
        for (const one of codes)
          expect(all.computePrices.filter((price) => price.coreType === one)).toHaveLength(4)
        expect(knownCatalogue.coreType('mine')).toBeUndefined()
      }),
    )
  })

  it('is the same whether entries were added one after the other or together', () => {
    fc.assert(
      fc.property(entries, entries, entries, (one, two, three) => {
        const left = withEntries(withEntries(one, two), three)
        expect(left).toEqual(withEntries(one, withEntries(two, three)))
        expect(withEntries(left, left)).toEqual(left)
        expect(plain(withOwnEntries(knownCatalogue, left))).toEqual(
          plain(withOwnEntries(withOwnEntries(knownCatalogue, noEntries), left)),
        )
      }),
    )
  })
})
