import type { AnalysisVersion } from '../../domain/analysis.ts'
import type { ComputePrice } from '../../domain/catalogue.ts'
import type { Project } from '../../domain/user.ts'
import { fields, flag, listOf, nullable, number, oneOf, type Reader, text, whole } from './fields.ts'

/** Kinds of records, by what they are entries of. */
export const catalogueKinds = {
  coreTypes: 'coretype',
  analyses: 'analysis',
  computePrices: 'price',
  projects: 'project',
} as const

/** Entries are numbered in their order; so many digits, that databases sort them so. */
const NUMBER_LENGTH = 6

export const entryId = (place: number): string => String(place).padStart(NUMBER_LENGTH, '0')

const textList = listOf(text)

export const readAnalysis = fields({
  code: text,
  name: text,
  description: text,
  vendorName: text,
  category: text,
  thumbnail: nullable(text),
  industries: listOf(fields({ name: text, icon: nullable(text) })),
  versions: listOf((value, where) => readVersion(value, where)),
  supportDesks: listOf(fields({ code: text, displayName: text, email: text })),
  licenseSettings: listOf(
    fields({ name: text, label: text, helpText: text, licenseType: text, isServer: flag }),
  ),
  hasRescaleLicense: flag,
  hasShortTermLicense: flag,
  hasOnDemandLicense: flag,
  pricing: nullable(text),
  optimizerType: nullable(number),
  resources: listOf(fields({ url: text, name: text })),
  displayOrder: nullable(number),
})

export const readVersion: Reader<AnalysisVersion> = fields({
  id: text,
  version: text,
  versionCode: text,
  type: oneOf(['compute', 'interactive']),
  oses: listOf(oneOf(['linux', 'windows'])),
  allowedCoreTypes: textList,
  stdCommand: text,
  smpCommand: text,
  mpiCommand: text,
  eula: nullable(text),
  mustBeRequested: flag,
})

export const readCoreType = fields({
  code: text,
  name: text,
  description: text,
  cores: listOf(whole),
  gpuCounts: listOf(whole),
  price: number,
  lowPriorityPrice: text,
  compute: nullable(text),
  io: text,
  storageIo: text,
  memory: number,
  storage: number,
  processorInfo: text,
  baseClockSpeed: text,
  hasSsd: flag,
  isActive: flag,
  isDefault: flag,
  isDeprecated: flag,
  isPrimary: flag,
  mustBeRequested: flag,
  remoteVizAllowed: flag,
  walltimeRequired: flag,
  maxWalltime: nullable(number),
  displayOrder: nullable(number),
  categoryCodes: textList,
  color: text,
  provider: text,
  interconnect: text,
})

export const readPrice: Reader<ComputePrice> = fields({
  coreType: text,
  planType: oneOf(['on-demand', 'on-demand-pro']),
  os: oneOf(['linux', 'windows']),
  isActive: flag,
  value: fields({ amount: text, currency: text }),
})

export const readProject: Reader<Project> = fields({ id: text, name: text })
