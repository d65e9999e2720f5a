import type { Analysis } from './analysis.ts'
import type { ComputePrice } from './catalogue.ts'
import type { CoreType } from './coretype.ts'
import type { Project } from './user.ts'

/** What the catalogue of one tenant has besides the server's, or in place of it. Immutable. */
export interface CatalogueEntries {
  readonly coreTypes: readonly CoreType[]
  readonly analyses: readonly Analysis[]
  readonly computePrices: readonly ComputePrice[]
  readonly projects: readonly Project[]
}

/** Of a tenant without any: always this one, so that it is told apart by identity. */
export const noEntries: CatalogueEntries = Object.freeze({
  coreTypes: [],
  analyses: [],
  computePrices: [],
  projects: [],
})

/** These, and in place of those with the same key the others; new ones at the end. */
export function overlaid<Entry>(
  entries: readonly Entry[],
  others: readonly Entry[],
  keyOf: (entry: Entry) => string,
): Entry[] {
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]))
  for (const entry of others) byKey.set(keyOf(entry), entry)
  return [...byKey.values()]
}

/** There is one price for each of them. */
export const priceKey = ({ coreType, planType, os }: ComputePrice): string =>
  JSON.stringify([coreType, planType, os])

export const withEntries = (entries: CatalogueEntries, others: CatalogueEntries): CatalogueEntries => ({
  coreTypes: overlaid(entries.coreTypes, others.coreTypes, ({ code }) => code),
  analyses: overlaid(entries.analyses, others.analyses, ({ code }) => code),
  computePrices: overlaid(entries.computePrices, others.computePrices, priceKey),
  projects: overlaid(entries.projects, others.projects, ({ id }) => id),
})

/** The entries of one tenant, and its projects: those that every tenant has, and its own. */
export class OwnCatalogue {
  readonly #usual: readonly Project[]
  #entries = noEntries
  #projects: readonly Project[]

  constructor(usual: readonly Project[]) {
    this.#usual = usual
    this.#projects = usual
  }

  get entries(): CatalogueEntries {
    return this.#entries
  }

  set entries(entries: CatalogueEntries) {
    this.#entries = Object.values(entries).every(({ length }) => length === 0) ? noEntries : entries
    this.#projects = overlaid(this.#usual, entries.projects, ({ id }) => id)
  }

  get projects(): readonly Project[] {
    return this.#projects
  }
}
