import type { Analysis, AnalysisVersion } from './analysis.ts'
import type { CaseTable } from './case-table.ts'
import type { Catalogue } from './catalogue.ts'
import { type ErrorCollector, messages } from './field-errors.ts'
import { layoutOf, offersCores } from './hardware.ts'
import type { Hardware, HardwareDraft, JobAnalysis, JobAnalysisDraft } from './job.ts'
import type { Project, User } from './user.ts'

/** What a job may refer to. */
export interface Surroundings {
  readonly catalogue: Catalogue
  readonly user: User
  readonly projects: readonly Project[]
  hasFile(fileId: string): boolean
  /** In a CSV file; or what is wrong with it; undefined when it was not looked into. */
  casesIn(fileId: string): CaseTable | string | undefined
}

/** Inferred: no source shows a limit. Instances are listed for so many nodes; DOEC asks for 1500 slots, each a node here. */
const nodeLimit = 10_000
/** Inferred. Runs of a job at the same time; the largest design of experiments seen had 1848 runs. */
const slotLimit = 10_000

/** Shared, because there may be a million jobs. */
export const none: readonly never[] = Object.freeze([])
const nothing: Readonly<Record<string, never>> = Object.freeze({})

/** Null when something is wrong, which is then among the errors. */
export function resolveAnalysis(
  draft: JobAnalysisDraft,
  index: number,
  around: Surroundings,
  errors: ErrorCollector,
): JobAnalysis | null {
  const at = ['jobanalyses', index] as const
  const tile = resolveTile(draft.analysis, index, around.catalogue, errors)
  const hardware = resolveHardware(draft.hardware, index, around, errors)
  const isInteractive = hardware?.type === 'interactive' || tile?.version.type === 'interactive'
  if (draft.command.trim() === '' && !isInteractive) errors.add([...at, 'command'], messages.blank)
  draft.inputFiles?.forEach((input, place) => {
    checkFile(input, [...at, 'inputFiles', place, 'id'], around, errors)
  })
  draft.templateTasks?.forEach(({ templateFile }, place) => {
    checkFile(templateFile, [...at, 'templateTasks', place, 'templateFile'], around, errors)
  })
  checkFile(draft.preProcessScript, [...at, 'preProcessScript'], around, errors)
  checkFile(draft.postProcessScript, [...at, 'postProcessScript'], around, errors)
  return tile && hardware ? analysisFrom(draft, tile, hardware) : null
}

/** One literal, so that jobs take as little memory as they can. */
const analysisFrom = (
  draft: JobAnalysisDraft,
  { analysis, version }: Tile,
  hardware: Hardware,
): JobAnalysis => ({
  analysis,
  version,
  command: draft.command,
  hardware,
  inputFiles: draft.inputFiles?.map(({ id, decompress = true }) => ({ fileId: id, decompress })) ?? none,
  inputFolders: draft.inputFolders ?? none,
  envVars: draft.envVars ?? nothing,
  useRescaleLicense: draft.useRescaleLicense ?? false,
  onDemandLicenseSeller: draft.onDemandLicenseSeller ?? null,
  userDefinedLicenseSettings: draft.userDefinedLicenseSettings ?? null,
  flags: draft.flags ?? nothing,
  useMpi: draft.useMpi ?? false,
  preProcessScript: draft.preProcessScript?.id ?? null,
  preProcessScriptCommand: draft.preProcessScriptCommand ?? '',
  postProcessScript: draft.postProcessScript?.id ?? null,
  postProcessScriptCommand: draft.postProcessScriptCommand ?? '',
  templateTasks:
    draft.templateTasks?.map(({ templateFile, processedFilename }) => ({
      templateFileId: templateFile.id,
      processedFilename,
    })) ?? none,
})

interface Tile {
  readonly analysis: Analysis
  readonly version: AnalysisVersion
}

function resolveTile(
  { code, version, versionName }: JobAnalysisDraft['analysis'],
  index: number,
  catalogue: Catalogue,
  errors: ErrorCollector,
): Tile | null {
  const analysis = catalogue.analysis(code)
  if (!analysis) {
    errors.add(['jobanalyses', index, 'analysis', 'code'], messages.noSuchCode(code))
    return null
  }
  const found = versionOf(analysis, version, versionName)
  if (found) return { analysis, version: found }
  errors.add(['jobanalyses', index, 'analysis'], messages.noSuchVersion)
  return null
}

/** The code decides, then the name that people see; without either, the newest version. */
function versionOf(
  { versions }: Analysis,
  code: string | null | undefined,
  name: string | null | undefined,
): AnalysisVersion | undefined {
  if (code) return versions.find(({ versionCode }) => versionCode === code)
  return name ? versions.find(({ version }) => version === name) : versions[0]
}

function resolveHardware(
  draft: HardwareDraft,
  index: number,
  { catalogue, user }: Surroundings,
  errors: ErrorCollector,
): Hardware | null {
  const add = (field: string, message: string): void =>
    errors.add(['jobanalyses', index, 'hardware', field], message)
  const coreType = catalogue.coreType(draft.coreType)
  if (!coreType?.isActive) {
    add('coreType', messages.noSuchCode(draft.coreType))
    return null
  }
  const { coresPerSlot = coreType.cores[0] ?? 1, slots = 1, walltime = null, type = 'compute' } = draft
  const hardware: Hardware = { coreType, coresPerSlot, slots, walltime, type }
  if (!offersCores(coreType, coresPerSlot)) add('coresPerSlot', wrongCores(hardware))
  const wrongSlots =
    rangeError(slots, slotLimit) ?? (layoutOf(hardware).nodes > nodeLimit ? tooManyNodes : null)
  if (wrongSlots) add('slots', wrongSlots)
  const wrongWalltime = walltimeError(hardware, user)
  if (wrongWalltime) add('walltime', wrongWalltime)
  return hardware
}

/** The tutorial calls the real text useful, and does not show it. The first sentence is what our sample assumes. */
const wrongCores = ({ coreType }: Hardware): string =>
  `Invalid number of cores for core type ${coreType.code}. ` +
  `Choose one of ${coreType.cores.join(', ')}, or a multiple of ${coreType.cores.at(-1)}.`

const tooManyNodes = `Ensure that not more than ${nodeLimit} nodes are needed.`

function rangeError(value: number, limit: number): string | null {
  if (!Number.isInteger(value)) return messages.integer
  if (value < 1) return messages.atLeast(1)
  return value > limit ? messages.atMost(limit) : null
}

function walltimeError({ coreType, walltime }: Hardware, { maxJobHours }: User): string | null {
  if (walltime === null) return coreType.walltimeRequired ? messages.required : null
  if (!(walltime > 0)) return messages.greaterThan(0)
  const limit = Math.min(maxJobHours, coreType.maxWalltime ?? maxJobHours)
  return walltime > limit ? messages.atMost(limit) : null
}

export function checkFile(
  file: { readonly id: string } | null | undefined,
  path: readonly [string, ...(string | number)[]],
  { hasFile }: Surroundings,
  errors: ErrorCollector,
): void {
  if (file && !hasFile(file.id)) errors.add(path, messages.noSuchPk(file.id))
}
