import type { Analysis, AnalysisVersion } from '../domain/analysis.ts'
import type { ComputePrice } from '../domain/catalogue.ts'
import type { CoreType } from '../domain/coretype.ts'

/** What is wrong with a seed, in words. */
export class SeedError extends Error {
  override readonly name = 'SeedError'
}

/** What a world is to have besides what it has. */
export interface WorldSeed {
  readonly catalogue?: SeededCatalogue | undefined
  readonly files?: readonly SeededFile[] | undefined
  /** As they are posted to `/api/v2/storage-devices/`; they are only saved. */
  readonly storageDevices?: readonly Readonly<Record<string, unknown>>[] | undefined
  readonly jobs?: readonly SeededJob[] | undefined
}

/** Entries as the API answers them. One whose code there is already needs nothing but what is to be different. */
export interface SeededCatalogue {
  readonly coreTypes?: readonly SeededCoreType[] | undefined
  readonly analyses?: readonly SeededAnalysis[] | undefined
  /** Those that are not told follow from the prices of the core types. */
  readonly computePrices?: readonly SeededPrice[] | undefined
  /** Besides those that every tenant has. */
  readonly projects?: readonly { readonly id?: string; readonly name: string }[] | undefined
}

export type SeededCoreType = Pick<CoreType, 'code'> & Partial<CoreType>

export interface SeededAnalysis
  extends Partial<Omit<Analysis, 'code' | 'versions' | 'industries' | 'supportDesks'>> {
  readonly code: string
  /** All of them, the newest first. Of a version that there is already, what is left out is as there. */
  readonly versions?: readonly SeededVersion[]
  readonly industries?: readonly { readonly name: string; readonly icon?: string | null }[]
  readonly supportDesks?: readonly {
    readonly code: string
    readonly displayName: string
    readonly email?: string
  }[]
}

export type SeededVersion = Pick<AnalysisVersion, 'versionCode'> & Partial<AnalysisVersion>

export interface SeededPrice extends Pick<ComputePrice, 'coreType' | 'planType' | 'os'> {
  readonly isActive?: boolean
  /** USD, unless told. */
  readonly value: { readonly amount: string; readonly currency?: string }
}

export interface SeededFile {
  readonly name: string
  readonly text?: string | undefined
  /** In place of text. */
  readonly base64?: string | undefined
}

/** As it is posted to `/api/v2/jobs/`; inputs may have the `name` of a seeded file in place of an `id`. */
export interface SeededJob {
  readonly [field: string]: unknown
  /** Which it is to have in the end, e.g. `Executing`; without it, the job is only saved. */
  readonly status?: string | null | undefined
}
