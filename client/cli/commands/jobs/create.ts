import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import type { JobCreate } from '../../../types.ts'
import { UsageError } from '../../exit-codes.ts'
import { money } from '../../format.ts'
import { amount, collect, wholeNumber } from '../../option-values.ts'
import { readText } from '../../read-text.ts'
import type { Session } from '../../session.ts'
import { type UploadFlags, uploadPaths } from '../files/upload.ts'
import { readDefinition } from './definition-file.ts'
import { exitWith, type WatchOptions, watchToEnd, withWatchOptions } from './watch.ts'

export interface JobOptions extends WatchOptions {
  readonly file?: string
  readonly name?: string
  readonly command?: string
  readonly analysis?: string
  readonly coretype?: string
  readonly cores?: number
  readonly slots?: number
  readonly walltime?: number
  readonly input: readonly string[]
  readonly decompress: boolean
  readonly env: readonly string[]
  readonly project?: string
  readonly lowPriority?: boolean
  readonly publicKey?: string
  readonly dryRun?: boolean
  readonly maxCost?: number
}

const BYO_SOFTWARE = { code: 'user_included', version: '0' } as const

export function defineCreate(command: Command, session: Session): void {
  withWatchOptions(
    withJobOptions(command.command('create').description('saves a job, exactly once')),
    session,
  )
    .option(
      '-f, --file <file>',
      'a definition in JSON, as jobs get -o json shows it; - is stdin. Flags go before it',
    )
    .option('--submit', 'and submit it')
    .option('--watch', 'and submit it, and watch it to its end')
    .action((options: JobOptions & { submit?: boolean; watch?: boolean }) => create(session, options))
}

/** Flags that make up a job of one analysis. */
export function withJobOptions(command: Command): Command {
  return command
    .option('--name <name>', 'name of the job')
    .option('--command <command>', 'what its shell runs')
    .option('--analysis <code[:version]>', 'software (default user_included:0, bring your own)')
    .option('--coretype <code>', 'hardware')
    .option('--cores <number>', 'cores in a slot', wholeNumber)
    .option('--slots <number>', 'runs at a time', wholeNumber)
    .option('--walltime <hours>', 'shut it down after so many hours', wholeNumber)
    .option('--input <file>', 'a path to upload, or the id of an uploaded file (repeatable)', collect, [])
    .option('--no-decompress', 'leave archives among the inputs as they are')
    .option('--env <name=value>', 'environment variable, such as a licence server (repeatable)', collect, [])
    .option('--project <id>', 'book it on this project')
    .option('--low-priority', 'on-demand economy: cheaper, may be taken away')
    .option('--public-key <file>', 'who may log in to its cluster by SSH')
    .option('--dry-run', 'check it and tell its cost; nothing is uploaded or saved')
    .option('--max-cost <amount>', 'refuse when it could cost more', amount)
}

async function create(
  session: Session,
  options: JobOptions & { submit?: boolean; watch?: boolean },
): Promise<void> {
  const job = await definitionOf(session, options)
  if (options.dryRun) return dryRun(session, job, options)
  await guardCost(session, job, options)
  session.isFollowing = options.watch === true
  const made = await createJob(session, job, options)
  const isSubmitted = options.submit || options.watch
  const isWritten = !options.watch || session.out.form !== 'json'
  const { field = 'id' } = session.globals
  if (isSubmitted) noteMade(session, made, isWritten && field === 'id')
  if (isWritten) await session.out.result(made, `created ${made.id} (${made.name})`)
  if (isSubmitted) await submitCreated(session, made.id)
  if (options.watch) exitWith(session, await watchToEnd(session, made.id, options))
}

/** Before anything else can fail: there is a job, and soon it costs. */
export function noteMade(
  session: Session,
  { id, name }: { id: string; name: string },
  isOnStdout = false,
): void {
  session.job = id
  if (!isOnStdout) session.out.aside({ event: 'created', job: id, name }, `created ${id} (${name})`)
}

async function submitCreated(session: Session, jobId: string): Promise<void> {
  await (await session.client()).jobs.submit(jobId, { signal: session.signal })
  await session.out.event({ event: 'submitted', job: jobId }, `submitted ${jobId}`)
}

/** Uploads what is to be uploaded, and saves the job. */
export async function createJob(session: Session, job: JobCreate, options: JobOptions) {
  const client = await session.client()
  const inputFiles = (await inputIds(session, options.input)).map((id) => ({
    id,
    decompress: options.decompress,
  }))
  const complete = inputFiles.length > 0 ? withInputs(job, inputFiles) : job
  return client.jobs.create(complete, { signal: session.signal })
}

/** Uploads the paths among the inputs; ids stay as they are, and all of them in their order. */
export async function inputIds(
  session: Session,
  inputs: readonly string[],
  flags: UploadFlags = {},
): Promise<string[]> {
  const arePaths = await Promise.all(inputs.map(isPath))
  const paths = inputs.filter((_, index) => arePaths[index])
  const files = await uploadPaths(session, paths, flags)
  const ids = new Map(paths.map((path, index) => [path, files[index]?.id]))
  return inputs.map((input) => ids.get(input) ?? input)
}

type InputFile = { readonly id: string; readonly decompress: boolean }

// Inputs are the job's, whichever analysis names them.
function withInputs(job: JobCreate, more: readonly InputFile[]): JobCreate {
  const jobanalyses = job.jobanalyses.map((analysis, index) =>
    index === 0 ? { ...analysis, inputFiles: [...(analysis.inputFiles ?? []), ...more] } : analysis,
  )
  return { ...job, jobanalyses }
}

/** A path that exists is a path; anything else must look like an id. */
export async function isPath(input: string): Promise<boolean> {
  const found = await stat(input).catch(() => undefined)
  if (found?.isFile()) return true
  if (found)
    throw new UsageError(`${input} is no file`, 'rescale run takes folders, and uploads them as a zip.')
  if (/^[A-Za-z0-9]{4,16}$/.test(input)) return false
  throw new UsageError(`There is no file ${input}`, 'Ids of uploaded files are shown by rescale files list.')
}

/** The job that flags and file make. */
export async function definitionOf(session: Session, options: JobOptions): Promise<JobCreate> {
  const base = options.file === undefined ? undefined : await readDefinition(session, options.file)
  const [first, ...others] = base?.jobanalyses ?? []
  const { name, command, coretype, cores, slots, walltime, project, lowPriority } = options
  const hardware = {
    ...(first?.hardware ?? {}),
    ...(coretype !== undefined && { coreType: coretype }),
    ...(cores !== undefined && { coresPerSlot: cores }),
    ...(slots !== undefined && { slots }),
    ...(walltime !== undefined && { walltime }),
  }
  const analysis = {
    ...(first ?? {}),
    analysis: analysisOf(options.analysis) ?? first?.analysis ?? BYO_SOFTWARE,
    command: command ?? first?.command ?? undefined,
    hardware,
    ...environmentOf(options.env, first?.envVars),
  }
  const job = {
    ...(base ?? {}),
    name: name ?? base?.name ?? command?.slice(0, 60),
    jobanalyses: [analysis, ...others],
    ...(project !== undefined && { projectId: project }),
    ...(lowPriority !== undefined && { isLowPriority: lowPriority }),
    ...(options.publicKey !== undefined && { publicKey: (await readText(options.publicKey)).trim() }),
  }
  checkComplete({ name: job.name, command: analysis.command, ...hardware })
  return job as JobCreate
}

const NEEDED = {
  name: '--name',
  command: '--command',
  coreType: '--coretype',
  coresPerSlot: '--cores',
} as const

function checkComplete(job: { readonly [Field in keyof typeof NEEDED]?: unknown }): void {
  const missing = Object.entries(NEEDED).flatMap(([field, flag]) =>
    (job[field as keyof typeof NEEDED] ?? undefined) === undefined ? [flag] : [],
  )
  if (missing.length > 0) throw new UsageError(`A job needs ${missing.join(', ')}, or a --file that says so.`)
}

function analysisOf(text: string | undefined) {
  if (text === undefined) return undefined
  const [code = '', ...version] = text.split(':')
  return { code, ...(version.length > 0 && { version: version.join(':') }) }
}

function environmentOf(
  pairs: readonly string[],
  before: Readonly<Record<string, string>> | null | undefined,
) {
  if (pairs.length === 0) return {}
  const variables = pairs.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--env ${pair} is not name=value`)
    return [pair.slice(0, at), pair.slice(at + 1)] as const
  })
  return { envVars: { ...before, ...Object.fromEntries(variables) } }
}

/** Says what the platform would refuse, and what the job would cost. */
export async function dryRun(session: Session, job: JobCreate, options: JobOptions): Promise<void> {
  for (const input of options.input) await isPath(input)
  const ids = await Promise.all(options.input.map(async (input) => ((await isPath(input)) ? [] : [input])))
  const client = await session.client()
  const checked = withInputs(
    job,
    ids.flat().map((id) => ({ id, decompress: options.decompress })),
  )
  const { problems, cost } = await client.jobs.preflight(checked, { signal: session.signal })
  const tooDear = cost && options.maxCost !== undefined && cost.amount > options.maxCost
  await session.out.item({ job: checked, problems, cost: cost ?? null }, [
    ['name', job.name],
    [
      'cost',
      cost ? `at most ${money(cost.amount, cost.currency)}` : 'unknown: no walltime, or no such core type',
    ],
    ...(cost ? [['for', `${cost.cores} cores, ${cost.hours} h, ${cost.plan}`] as const] : []),
    ['problems', problems.length === 0 ? 'none' : problems.length],
    ...problems.map(({ position, message }) => [position, message] as const),
  ])
  if (problems.length > 0) session.exit = 'refused'
  else if (tooDear) session.fail('refused', costMessage(cost, options.maxCost))
}

export async function guardCost(session: Session, job: JobCreate, { maxCost }: JobOptions): Promise<void> {
  if (maxCost === undefined) return
  const { cost } = await (await session.client()).jobs.preflight(job, { signal: session.signal })
  if (!cost) session.fail('refused', 'Its cost has no limit, as it has no walltime', 'Add --walltime.')
  if (cost.amount > maxCost) session.fail('refused', costMessage(cost, maxCost))
}

function costMessage({ amount: most, currency }: { amount: number; currency: string }, limit = 0): string {
  return `The job could cost ${money(most, currency)}, more than --max-cost ${limit}`
}
