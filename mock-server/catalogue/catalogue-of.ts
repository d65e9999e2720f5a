import type { Analysis } from '../domain/analysis.ts'
import type { Catalogue, Region } from '../domain/catalogue.ts'
import type { CoreType } from '../domain/coretype.ts'
import { computePricesOf } from './compute-prices.ts'

/** storage-devices.available-regions: two ids and names. */
const regions: readonly Region[] = [
  { id: 'pCTMk', name: 'us-east-1' },
  { id: 'OLjea', name: 'ap-northeast-2' },
]

/** Core types by display order, those without at the end; analyses by name, as the samples begin with 3DEXPERIENCE and Abaqus. */
export function catalogueOf(coreTypes: readonly CoreType[], analyses: readonly Analysis[]): Catalogue {
  const coreTypesByCode = new Map(coreTypes.map((coreType) => [coreType.code, coreType]))
  const analysesByCode = new Map(analyses.map((analysis) => [analysis.code, analysis]))
  return Object.freeze({
    coreTypes: coreTypes.toSorted((one, other) => displayPlace(one) - displayPlace(other)),
    analyses: analyses.toSorted((one, other) => (sortName(one) < sortName(other) ? -1 : 1)),
    computePrices: computePricesOf(coreTypes),
    regions,
    coreType: (code: string) => coreTypesByCode.get(code),
    analysis: (code: string) => analysesByCode.get(code),
  })
}

const displayPlace = ({ displayOrder }: CoreType): number => displayOrder ?? Number.MAX_SAFE_INTEGER

/** Names may be the same, codes are not. */
const sortName = ({ name, code }: Analysis): string => `${name.toLowerCase()}\n${code}`
