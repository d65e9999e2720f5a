import { controlBodies } from '../../openapi/generated/control-routes.ts'
import { analysisFrom, versionFrom } from '../catalogue/known-analyses.ts'
import { coreTypeFrom } from '../catalogue/known-coretypes.ts'
import { withOwnEntries } from '../catalogue/tenant-catalogue.ts'
import { unknownFields } from '../control/unknown-fields.ts'
import type { Analysis, AnalysisVersion } from '../domain/analysis.ts'
import type { Catalogue } from '../domain/catalogue.ts'
import type { CoreType } from '../domain/coretype.ts'
import { type CatalogueEntries, noEntries, withEntries } from '../domain/own-catalogue.ts'
import type { Platform } from '../domain/platform.ts'
import { readBody } from '../exchange/read-body.ts'
import { readAnalysis, readCoreType, readPrice } from '../worlds/records/catalogue-record.ts'
import {
  SeedError,
  type SeededAnalysis,
  type SeededCatalogue,
  type SeededCoreType,
  type SeededVersion,
} from '../worlds/world-seed.ts'

/** Of one tenant's own entries, as JSON. Characters; the whole catalogue of the mock is a third of it. */
export const MOST_CATALOGUE_TEXT = 8 * 1024 * 1024

const schema = controlBodies.seedWorld?.properties?.catalogue ?? {}

/**
 * Adds entries to the tenant's own catalogue. What they leave out is as `current` has it.
 * @throws {SeedError}
 */
export function seedCatalogue(platform: Platform, given: SeededCatalogue, current: Catalogue): void {
  const entries = withEntries(platform.catalogueEntries, resolved(readSeeded(given), current, platform))
  if (JSON.stringify(entries).length > MOST_CATALOGUE_TEXT)
    throw new SeedError(
      `A catalogue of one's own has no more than ${MOST_CATALOGUE_TEXT} characters of JSON.`,
    )
  platform.offer(entries)
}

/** Over HTTP it was read already; those who call by method are told the same. */
function readSeeded(given: SeededCatalogue): SeededCatalogue {
  const copy: unknown = JSON.parse(JSON.stringify(given))
  const unknown = unknownFields(schema, copy)
  const reading = unknown ? { errors: unknown } : readBody<SeededCatalogue>(schema, copy, { partial: false })
  if ('errors' in reading) throw new SeedError(`catalogue: ${JSON.stringify(reading.errors)}`)
  return reading.value
}

/** Fields are in the order in which they will be read again: answers are the same after a restart. */
function resolved(
  { coreTypes = [], analyses = [], computePrices = [], projects = [] }: SeededCatalogue,
  current: Catalogue,
  platform: Platform,
): CatalogueEntries {
  const newId = () => platform.newAccountId()
  const ownCoreTypes = coreTypes.map((given, index) => coreTypeOf(given, index, current))
  const all = withOwnEntries(current, { ...noEntries, coreTypes: ownCoreTypes })
  for (const [index, { coreType }] of computePrices.entries())
    if (!all.coreType(coreType))
      throw new SeedError(`catalogue.computePrices[${index}]: there is no core type ${coreType}.`)
  const around = { current: all, newId }
  return {
    coreTypes: ownCoreTypes,
    analyses: analyses.map((given, index) =>
      readAnalysis(analysisOf(given, index, around), `catalogue.analyses[${index}]`),
    ),
    computePrices: computePrices.map(({ value, isActive = true, ...price }, index) =>
      readPrice(
        { ...price, isActive, value: { currency: 'USD', ...value } },
        `catalogue.computePrices[${index}]`,
      ),
    ),
    projects: projects.map(({ id = newId(), name }) => ({ id, name })),
  }
}

function coreTypeOf(given: SeededCoreType, index: number, current: Catalogue): CoreType {
  const { code } = given
  const base = current.coreType(code) ?? newCoreType(code)
  const { cores = base.cores } = given
  const usualGpus = cores.length === base.cores.length ? base.gpuCounts : cores.map(() => 0)
  const coreType = { ...base, ...given, cores, gpuCounts: given.gpuCounts ?? usualGpus }
  if (cores.some((size, place) => size <= (cores[place - 1] ?? 0)))
    throw new SeedError(`catalogue.coreTypes[${index}].cores: the smallest has to be first.`)
  if (coreType.gpuCounts.length !== cores.length)
    throw new SeedError(`catalogue.coreTypes[${index}].gpuCounts: there have to be as many as cores.`)
  return readCoreType(coreType, `catalogue.coreTypes[${index}]`)
}

/** Illustrative: what a seed does not tell of a new core type. */
const newCoreType = (code: string): CoreType =>
  coreTypeFrom({
    code,
    name: code,
    cores: [1, 2, 4, 8],
    price: 0.2,
    lowPriorityPrice: '0.1000',
    memory: 4000,
    storage: 50,
    processorInfo: '',
    displayOrder: null,
  })

interface Around {
  readonly current: Catalogue
  newId(): string
}

function analysisOf(given: SeededAnalysis, index: number, around: Around): Analysis {
  const { code, versions, industries, supportDesks, ...rest } = given
  const base = around.current.analysis(code) ?? newAnalysis(code, around)
  const codes = new Set(versions?.map(({ versionCode }) => versionCode))
  if (versions && codes.size < versions.length)
    throw new SeedError(`catalogue.analyses[${index}].versions: two have the same versionCode.`)
  return {
    ...base,
    ...rest,
    ...(industries && { industries: industries.map(({ name, icon = null }) => ({ name, icon })) }),
    ...(supportDesks && { supportDesks: supportDesks.map((desk) => ({ email: '', ...desk })) }),
    versions: versions?.map((version) => versionOf(version, base, around)) ?? base.versions,
  }
}

const newAnalysis = (code: string, around: Around): Analysis => {
  const blank = analysisFrom({ code, name: code, vendorName: '', category: '', versions: [] })
  return { ...blank, versions: [versionOf({ versionCode: '1' }, blank, around)] }
}

function versionOf(given: SeededVersion, { code, versions }: Analysis, around: Around): AnalysisVersion {
  const { versionCode } = given
  const known = versions.find((version) => version.versionCode === versionCode)
  if (known) return { ...known, ...given }
  const { id = around.newId(), version = versionCode } = given
  const allowedCoreTypes = around.current.coreTypes.flatMap((one) =>
    one.isActive && !one.isDeprecated ? [one.code] : [],
  )
  return { ...versionFrom(code, { allowedCoreTypes, ...given, id, version }) }
}
