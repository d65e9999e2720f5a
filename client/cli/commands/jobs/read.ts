import { type Command, Option } from 'commander'
import type { JobListItem, Run } from '../../../types.ts'
import { limited, withLimit } from '../../limit.ts'
import type { Session } from '../../session.ts'
import type { Column } from '../../table.ts'

interface ListOptions {
  readonly limit?: number
  readonly search?: string
  readonly state?: 'completed' | 'not_completed'
  readonly status?: string
  readonly active?: boolean
}

/** The API's own words for the filter (tutorial, cell 23). */
const STATUS_FILTERS = [
  'PENDING',
  'QUEUED',
  'STARTED',
  'VALIDATED',
  'EXECUTING',
  'COMPLETED',
  'STOPPING',
  'WAITING_FOR_CLUSTER',
  'FORCE_STOP',
  'WAITING_FOR_QUEUE',
] as const

const DEFAULT_LIMIT = 50

const columns: readonly Column<JobListItem>[] = [
  { title: 'id', value: ({ id }) => id },
  { title: 'status', value: ({ jobStatus }) => jobStatus.content },
  { title: 'cluster', value: ({ clusterStatusDisplay }) => clusterStatusDisplay.content },
  { title: 'created', value: ({ dateInserted }) => dateInserted.slice(0, 16).replace('T', ' ') },
  { title: 'software', value: ({ analysisNames }) => analysisNames.join(', ') },
  { title: 'name', value: ({ name }) => name },
]

export function defineRead(command: Command, session: Session): void {
  withLimit(command.command('list').description('jobs, newest first'), DEFAULT_LIMIT)
    .option('--search <text>', 'with this text in their name')
    .addOption(new Option('--state <state>', 'by state').choices(['completed', 'not_completed']))
    .addOption(new Option('--status <status>', 'by latest status').choices(STATUS_FILTERS))
    .option('--active', 'only those that are submitted and not over')
    .action((options: ListOptions) => list(session, options))
  command
    .command('get <job>')
    .description('a job’s definition and where it stands')
    .action((jobId: string) => get(session, jobId))
  withLimit(command.command('runs <job>').description('the runs of a job')).action(
    async (jobId: string, options) => {
      const runs = (await session.client()).jobs.runs.list(jobId, {}, { signal: session.signal })
      await limited(session, runs, options, runColumns)
    },
  )
}

async function list(session: Session, options: ListOptions): Promise<void> {
  const { search, state, status, active, limit = DEFAULT_LIMIT } = options
  const query = {
    ...(search !== undefined && { search }),
    ...(state !== undefined && { state }),
    ...(status !== undefined && { job_status: status as (typeof STATUS_FILTERS)[number] }),
    // `t=1`: those under way (clients of 2019 and the SDK).
    ...(active && { t: '1' as const }),
    page_size: limit > 0 ? Math.min(limit + 1, 100) : 100,
  }
  const jobs = (await session.client()).jobs.list(query, { signal: session.signal })
  await limited(session, jobs, options, columns)
}

async function get(session: Session, jobId: string): Promise<void> {
  const { signal, out } = session
  const client = await session.client()
  const [job, statuses] = await Promise.all([
    client.jobs.get(jobId, { signal }),
    client.jobs.statuses(jobId, { signal }).toArray(),
  ])
  const newest = statuses[0]
  const analyses = job.jobanalyses.flatMap(({ analysis, hardware, command, inputFiles }) => {
    const { coreType, coresPerSlot, slots, walltime } = hardware
    return [
      ['software', `${analysis.code} ${analysis.version}`],
      [
        'hardware',
        `${coresPerSlot} cores of ${coreType.code}, ${slots} slots, ${walltime ?? 'no'} h walltime`,
      ],
      ['command', command],
      ['inputs', inputFiles.map(({ id, name }) => `${name} (${id})`).join(', ')],
    ] as const
  })
  await out.item({ ...job, statuses }, [
    ['id', job.id],
    ['name', job.name],
    ['status', newest ? [newest.status, newest.statusReason].filter(Boolean).join(': ') : 'not submitted'],
    ['economy', job.isLowPriority ? 'yes' : 'no'],
    ['project', job.projectId],
    ...analyses,
  ])
}

const runColumns: readonly Column<Run>[] = [
  { title: 'run', value: ({ id }) => id },
  { title: 'started', value: ({ dateStarted }) => dateStarted },
  { title: 'completed', value: ({ dateCompleted }) => dateCompleted },
  { title: 'files', value: ({ outputFileCount }) => outputFileCount },
  { title: 'bytes', value: ({ outputFileSize }) => outputFileSize },
  {
    title: 'variables',
    value: ({ variables }) => variables.map(({ name, displayValue }) => `${name}=${displayValue}`).join(' '),
  },
]
