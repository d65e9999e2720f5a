import type { Command } from 'commander'
import type { JobCreate } from '../../../types.ts'
import { UsageError } from '../../exit-codes.ts'
import { amount, collect, wholeNumber } from '../../option-values.ts'
import { readText } from '../../read-text.ts'
import type { Session } from '../../session.ts'
import { readDefinition } from './definition-file.ts'
import type { WatchOptions } from './watch.ts'

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

type Analysis = JobCreate['jobanalyses'][number]

/** The same job with another first analysis, the only one that flags can say. */
export function withFirstAnalysis(job: JobCreate, change: (first: Analysis) => Analysis): JobCreate {
  const [first, ...others] = job.jobanalyses
  return first ? { ...job, jobanalyses: [change(first), ...others] } : job
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
