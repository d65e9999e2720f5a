import type { Catalogue } from '../domain/catalogue.ts'
import { loadCatalogue } from './load-catalogue.ts'

/** Makes the catalogue of each seed once, for whoever makes Rescales by the hundred. Nothing writes to a catalogue. */
export function sharedCatalogues(): (seed: string) => Promise<Catalogue> {
  const made = new Map<string, Promise<Catalogue>>()
  return (seed) => {
    const catalogue = made.get(seed) ?? loadCatalogue(seed)
    made.set(seed, catalogue)
    catalogue.catch(() => made.delete(seed))
    return catalogue
  }
}
