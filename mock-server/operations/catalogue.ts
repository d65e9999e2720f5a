import type { Analysis } from '../domain/analysis.ts'
import type { CoreType } from '../domain/coretype.ts'
import type { Operation } from './operation.ts'
import { listingOf, pageOf } from './page.ts'
import type { Wire } from './wire.ts'

const NOT_FOUND = { status: 404, body: { detail: 'Not found.' } } as const

export const listCoreTypes: Operation<'listCoreTypes'> = async ({ query, page, catalogue }) => {
  const { coreTypes } = await catalogue()
  const wanted = query.isActive ? coreTypes.filter(({ isActive }) => isActive) : coreTypes
  return pageOf(listingOf(wanted), page, presentCoreType)
}

export const listComputePrices: Operation<'listComputePrices'> = async ({ catalogue }) => ({
  status: 200,
  body: (await catalogue()).computePrices.map((price) => ({ ...price, value: { ...price.value } })),
})

export const listAnalyses: Operation<'listAnalyses'> = async ({ page, catalogue }) =>
  pageOf(listingOf((await catalogue()).analyses), page, presentAnalysis)

export const getAnalysis: Operation<'getAnalysis'> = async ({ path, catalogue }) => {
  const analysis = (await catalogue()).analysis(path.code)
  return analysis ? { status: 200, body: presentAnalysis(analysis) } : NOT_FOUND
}

function presentCoreType(coreType: CoreType): Wire<'CoreType'> {
  const { maxWalltime: _, provider: _provider, interconnect: _interconnect, ...shown } = coreType
  return {
    ...shown,
    cores: [...shown.cores],
    gpuCounts: [...shown.gpuCounts],
    categoryCodes: [...shown.categoryCodes],
  }
}

const presentAnalysis = (analysis: Analysis): Wire<'Analysis'> => analysis as Wire<'Analysis'>
