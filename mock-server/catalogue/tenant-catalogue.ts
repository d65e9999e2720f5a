import type { Catalogue } from '../domain/catalogue.ts'
import { type CatalogueEntries, noEntries, overlaid, priceKey } from '../domain/own-catalogue.ts'
import { catalogueOf } from './catalogue-of.ts'
import { computePricesOf } from './compute-prices.ts'

/** The server's catalogue with a tenant's entries. Core types of the tenant have prices of their own, as told or as they follow. */
export function withOwnEntries(shared: Catalogue, own: CatalogueEntries): Catalogue {
  const coreTypes = overlaid(shared.coreTypes, own.coreTypes, ({ code }) => code)
  const analyses = overlaid(shared.analyses, own.analyses, ({ code }) => code)
  const prices = overlaid(shared.computePrices, computePricesOf(own.coreTypes), priceKey)
  const computePrices = overlaid(prices, own.computePrices, priceKey)
  return Object.freeze({ ...catalogueOf(coreTypes, analyses), computePrices, regions: shared.regions })
}

/** What one tenant sees. Without entries of its own, that is the server's catalogue itself. */
export function tenantCatalogue(
  shared: () => Promise<Catalogue>,
  entriesOf: () => CatalogueEntries,
): () => Promise<Catalogue> {
  let made: { readonly of: CatalogueEntries; readonly catalogue: Promise<Catalogue> } | undefined
  return () => {
    const own = entriesOf()
    if (own === noEntries) return shared()
    if (made?.of !== own) made = { of: own, catalogue: shared().then((all) => withOwnEntries(all, own)) }
    return made.catalogue
  }
}
