import type { Analysis, OperatingSystem } from './analysis.ts'
import type { CoreType } from './coretype.ts'

/** What a core type costs under a plan. */
export interface ComputePrice {
  readonly coreType: string
  /** Economy and priority: the names of 2021 and of the tutorial, which looks for plans ending in `on-demand`. */
  readonly planType: 'on-demand' | 'on-demand-pro'
  readonly os: OperatingSystem
  readonly isActive: boolean
  readonly value: { readonly amount: string; readonly currency: string }
}

/** A region where storage devices are available. */
export interface Region {
  readonly id: string
  readonly name: string
}

/** What can be bought. Immutable, and shared by all tenants of a server. */
export interface Catalogue {
  /** By `displayOrder`. */
  readonly coreTypes: readonly CoreType[]
  readonly analyses: readonly Analysis[]
  readonly computePrices: readonly ComputePrice[]
  readonly regions: readonly Region[]
  coreType(code: string): CoreType | undefined
  analysis(code: string): Analysis | undefined
}
