import type { Connection } from '../connection.ts'
import { NotFoundError } from '../errors.ts'
import type { Analysis, CallOptions, CoreType, JobCreate } from '../types.ts'

/** What the platform would refuse, or what would go wrong later, with where it stands in the job. */
export interface PreflightProblem {
  /** As in `ValidationError.fieldErrors`, such as `jobanalyses.0.hardware.coresPerSlot`. */
  readonly position: string
  readonly message: string
}

/** The most that a job can cost: its whole walltime on all its cores, without software. */
export interface JobCost {
  readonly amount: number
  readonly currency: string
  readonly cores: number
  /** Of walltime; a job without one has no upper limit, and no cost here. */
  readonly hours: number
  readonly pricePerCoreHour: number
  readonly plan: 'economy' | 'on-demand'
}

export interface Preflight {
  readonly problems: readonly PreflightProblem[]
  /** Undefined when core type or walltime are missing. */
  readonly cost: JobCost | undefined
}

type JobAnalysis = JobCreate['jobanalyses'][number]

// Prices of core types come without a currency; `billing/computeprices` gives dollars.
const CURRENCY = 'USD'

/**
 * Looks at a job before it is saved: its core types, cores and walltimes, its software and versions, its project and
 * input files, and what it costs at most. Changes nothing.
 */
export async function preflight(
  connection: Connection,
  job: JobCreate,
  options: CallOptions = {},
): Promise<Preflight> {
  const coreTypes = await connection
    .list('/api/v2/coretypes/', { query: { page_size: 100 } }, options)
    .toArray()
  const byCode = new Map(coreTypes.map((coreType) => [coreType.code, coreType]))
  const analyses = job.jobanalyses ?? []
  const found = await Promise.all([
    nameProblems(job),
    ...analyses.map((analysis, index) => hardwareProblems(analysis, `jobanalyses.${index}.hardware`, byCode)),
    ...analyses.map((analysis, index) =>
      softwareProblems(connection, analysis, `jobanalyses.${index}`, options),
    ),
    ...analyses.map((analysis, index) =>
      inputProblems(connection, analysis, `jobanalyses.${index}`, options),
    ),
    projectProblems(connection, job, options),
  ])
  return { problems: found.flat(), cost: costOf(job, byCode) }
}

function nameProblems(job: JobCreate): PreflightProblem[] {
  const problems: PreflightProblem[] = []
  if (!job.name?.trim()) problems.push({ position: 'name', message: 'A job needs a name.' })
  if ((job.jobanalyses ?? []).length === 0)
    problems.push({ position: 'jobanalyses', message: 'A job needs at least one analysis.' })
  return problems
}

function hardwareProblems(
  { hardware }: JobAnalysis,
  position: string,
  coreTypes: ReadonlyMap<string, CoreType>,
): PreflightProblem[] {
  const code = codeOf(hardware?.coreType)
  const coreType = coreTypes.get(code)
  if (!coreType) return [{ position: `${position}.coreType`, message: `There is no core type "${code}".` }]
  const problems: PreflightProblem[] = []
  const add = (field: string, message: string) => problems.push({ position: `${position}.${field}`, message })
  const { coresPerSlot, walltime } = hardware
  if (!offers(coreType, coresPerSlot))
    add(
      'coresPerSlot',
      `${code} has no ${coresPerSlot} cores: choose one of ${coreType.cores.join(', ')}, or a multiple of ${coreType.cores.at(-1)}.`,
    )
  if (coreType.isDeprecated) add('coreType', `${code} is deprecated: jobs on it cannot be submitted.`)
  if (walltime === undefined || walltime === null) {
    if (coreType.walltimeRequired) add('walltime', `${code} needs a walltime, in whole hours.`)
  } else if (!Number.isInteger(walltime) || walltime < 1) {
    add('walltime', 'The walltime is a number of whole hours.')
  }
  return problems
}

function offers({ cores }: CoreType, wanted: number): boolean {
  const largest = cores.at(-1) ?? 1
  return cores.includes(wanted) || (wanted > largest && wanted % largest === 0)
}

async function softwareProblems(
  connection: Connection,
  { analysis, command }: JobAnalysis,
  position: string,
  options: CallOptions,
): Promise<PreflightProblem[]> {
  const problems = command?.trim()
    ? []
    : [{ position: `${position}.command`, message: 'There is no command.' }]
  const { code = '', version } = analysis ?? {}
  const tile = await absentAs404(() =>
    connection.call(
      connection.api.GET('/api/v2/analyses/{code}/', { params: { path: { code } }, ...options }),
    ),
  )
  if (!tile)
    return [
      ...problems,
      { position: `${position}.analysis.code`, message: `There is no analysis "${code}".` },
    ]
  if (
    version === undefined ||
    version === null ||
    tile.versions.some(({ versionCode }) => versionCode === version)
  )
    return problems
  return [...problems, { position: `${position}.analysis.version`, message: versionMessage(tile, version) }]
}

// The portal shows names such as "2019 R1"; jobs need the code, "2019r1".
function versionMessage({ code, versions }: Analysis, wanted: string): string {
  const meant = versions.find(({ version }) => version === wanted)
  if (meant) return `"${wanted}" is the name of a version; its code is "${meant.versionCode}".`
  const known = versions.slice(0, 5).map(({ versionCode }) => versionCode)
  return `${code} has no version "${wanted}"; its newest are ${known.join(', ')}.`
}

async function inputProblems(
  connection: Connection,
  { inputFiles }: JobAnalysis,
  position: string,
  options: CallOptions,
): Promise<PreflightProblem[]> {
  const looked = (inputFiles ?? []).map(async ({ id: fileId }, index) => {
    const init = { params: { path: { fileId } }, ...options }
    const file = await absentAs404(() => connection.call(connection.api.GET('/api/v2/files/{fileId}/', init)))
    const message = `There is no file "${fileId}".`
    return file ? [] : [{ position: `${position}.inputFiles.${index}.id`, message }]
  })
  return (await Promise.all(looked)).flat()
}

async function projectProblems(
  connection: Connection,
  { projectId }: JobCreate,
  options: CallOptions,
): Promise<PreflightProblem[]> {
  if (!projectId) return []
  for await (const { id } of connection.list('/api/v2/users/me/projects/', {}, options))
    if (id === projectId) return []
  return [{ position: 'projectId', message: `There is no project "${projectId}" of yours.` }]
}

function costOf(job: JobCreate, coreTypes: ReadonlyMap<string, CoreType>): JobCost | undefined {
  const hardware = (job.jobanalyses ?? []).map((analysis) => analysis.hardware)
  const [first] = hardware
  const coreType = first && coreTypes.get(codeOf(first.coreType))
  // One cluster runs all analyses, one after the other.
  const hours = hardware.reduce((sum, { walltime }) => sum + (walltime ?? Number.NaN), 0)
  if (!first || !coreType || !Number.isFinite(hours)) return undefined
  const cores = first.coresPerSlot * (first.slots ?? 1)
  const pricePerCoreHour = job.isLowPriority ? Number(coreType.lowPriorityPrice) : coreType.price
  const plan = job.isLowPriority ? 'economy' : 'on-demand'
  return {
    amount: pricePerCoreHour * cores * hours,
    currency: CURRENCY,
    cores,
    hours,
    pricePerCoreHour,
    plan,
  }
}

function codeOf(coreType: JobAnalysis['hardware']['coreType'] | undefined): string {
  return typeof coreType === 'string' ? coreType : (coreType?.code ?? '')
}

async function absentAs404<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof NotFoundError) return undefined
    throw error
  }
}
