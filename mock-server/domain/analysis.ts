/** A software tile of the catalogue. */
export interface Analysis {
  readonly code: string
  readonly name: string
  /** HTML. */
  readonly description: string
  readonly vendorName: string
  readonly category: string
  readonly thumbnail: string | null
  readonly industries: readonly { readonly name: string; readonly icon: string | null }[]
  /** Newest first: clients take the first as the latest. */
  readonly versions: readonly AnalysisVersion[]
  readonly supportDesks: readonly SupportDesk[]
  readonly licenseSettings: readonly LicenseSetting[]
  readonly hasRescaleLicense: boolean
  readonly hasShortTermLicense: boolean
  readonly hasOnDemandLicense: boolean
  readonly pricing: string | null
  readonly optimizerType: number | null
  readonly resources: readonly { readonly url: string; readonly name: string }[]
  readonly displayOrder: number | null
}

export interface AnalysisVersion {
  readonly id: string
  /** Shown to people, e.g. `7 (Intel MPI)`. */
  readonly version: string
  /** Sent in jobs, e.g. `7-intelmpi`. */
  readonly versionCode: string
  readonly type: 'compute' | 'interactive'
  readonly oses: readonly OperatingSystem[]
  readonly allowedCoreTypes: readonly string[]
  readonly stdCommand: string
  readonly smpCommand: string
  readonly mpiCommand: string
  readonly eula: string | null
  readonly mustBeRequested: boolean
}

export type OperatingSystem = 'linux' | 'windows'

export interface SupportDesk {
  readonly code: string
  readonly displayName: string
  readonly email: string
}

/** An environment variable that a licence needs. */
export interface LicenseSetting {
  readonly name: string
  readonly label: string
  readonly helpText: string
  readonly licenseType: string
  readonly isServer: boolean
}
