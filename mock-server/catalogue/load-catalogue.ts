import type { Faker } from '@faker-js/faker'
import type { Catalogue } from '../domain/catalogue.ts'
import { hash128 } from '../domain/random.ts'
import { catalogueOf } from './catalogue-of.ts'
import { fillerAnalyses } from './filler-analyses.ts'
import { fillerCoreTypes } from './filler-coretypes.ts'
import { knownAnalyses } from './known-analyses.ts'
import { knownCoreTypes } from './known-coretypes.ts'

/** As many as the tutorial's author saw: "over 700 analyses and over 3200 unique versions"; 94 is the sample's count. */
const coreTypeCount = 94
const analysisCount = 712

/** The whole catalogue: what is known, filled up from the seed. Loads faker, which takes about 100 ms. */
export async function loadCatalogue(seed: string): Promise<Catalogue> {
  const faker = await fakerFrom(seed)
  const coreTypes = [...knownCoreTypes, ...fillerCoreTypes(faker, coreTypeCount - knownCoreTypes.length)]
  const codes = coreTypes
    .filter(({ isActive, isDeprecated }) => isActive && !isDeprecated)
    .map(({ code }) => code)
  const analyses = [
    ...knownAnalyses,
    ...fillerAnalyses(faker, analysisCount - knownAnalyses.length, codes, seed),
  ]
  return catalogueOf(coreTypes, analyses)
}

/** One of our own: the package's is shared by the whole process, and whoever else seeded it would be disturbed. */
async function fakerFrom(seed: string): Promise<Faker> {
  const { faker: shared } = await import('@faker-js/faker/locale/en')
  const Own = shared.constructor as typeof Faker
  return new Own({ locale: [shared.rawDefinitions], seed: hash128(`${seed}\ncatalogue`)[0] })
}
