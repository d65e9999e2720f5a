import type { Executor } from '../domain/executor.ts'
import { type Duration, type Instant, millisecond, second } from '../domain/instant.ts'
import type { Job } from '../domain/job.ts'
import type { JobStatus } from '../domain/job-status.ts'
import type { Platform } from '../domain/platform.ts'
import { reasons } from '../domain/reasons.ts'
import { SeedError } from '../worlds/world-seed.ts'

/** A job that is to be in a state. */
export interface SeededState {
  /** In the seed, for who reads what is wrong: `jobs[3]`. */
  readonly place: string
  readonly id: string
  readonly status: JobStatus
}

/** What somebody does to a job that has got as far as it gets by itself. */
export type SeedDeed = 'stop' | 'force stop' | 'wait for a cluster'

/** How a job gets to its state, from its submit on. */
export interface SeedPath {
  readonly takes: Duration
  readonly deed: SeedDeed | null
}

/** Virtual time between two looks at the jobs. */
const LOOK_EVERY = 10 * second

type Detours = Readonly<Partial<Record<JobStatus, readonly [from: JobStatus, deed: SeedDeed]>>>

/** States that jobs do not get to by themselves, and what brings them there from which state. */
const detours: Detours = {
  'Waiting for Cluster': ['Queued', 'wait for a cluster'],
  Stopping: ['Executing', 'stop'],
  'Force Stop': ['Executing', 'force stop'],
}

/**
 * Where commands really run they would obey at once, and their job be over: it is stopped before they begin.
 */
const liveDetours: Detours = {
  ...detours,
  Stopping: ['Validated', 'stop'],
  'Force Stop': ['Validated', 'force stop'],
}

/** For trying out jobs whose commands would really run: nothing does, and they execute until they are stopped. */
export const endlessExecutor = ({ prepare }: Executor): Executor => ({
  ...(prepare && { prepare }),
  execute: () => ({ kind: 'planned', plan: { duration: null, exitCode: 0, log: [], files: [] } }),
  close: async () => {},
})

/**
 * Tries out how jobs get to their states, in a twin of their world: only the lifecycles know. Where commands really run,
 * nobody knows when a job is Completed: its path ends where they begin.
 * @throws {SeedError} when one does not get there
 * @throws {RefusedError} when one cannot be submitted
 */
export function tryOut(
  twin: Platform,
  jobs: readonly SeededState[],
  { isSimulated }: { readonly isSimulated: boolean },
): SeedPath[] {
  const begin = nextMillisecond(twin.now())
  twin.advanceTo(begin)
  for (const { id } of jobs) twin.submitJob(id)
  const ways = isSimulated ? detours : liveDetours
  const pathOf = ({ id, status }: SeededState): SeedPath | null =>
    reached(twin.job(id), isSimulated || status !== 'Completed' ? status : 'Executing', begin)
  const seen = new Map<string, number>()
  const isOpen = (job: SeededState): boolean => {
    const { version, state } = twin.job(job.id)
    if (seen.get(job.id) === version) return true
    seen.set(job.id, version)
    return pathOf(job) === null && state !== 'completed'
  }
  let open = jobs
  while (open.length > 0) {
    open = open.filter(isOpen)
    const next = twin.nextDue()
    if (open.length === 0 || next === null) break
    twin.advanceTo(Math.max(next, twin.now() + LOOK_EVERY))
  }
  return jobs.map((job) => pathOf(job) ?? byDetour(twin.job(job.id), job, { begin, ways }))
}

/** Null while it has not got there. The walltime is no wish of who seeds Stopping. */
function reached(job: Job, status: JobStatus, begin: Instant): SeedPath | null {
  const row = job.statuses.find((one) => one.status === status)
  return row && row.reason !== reasons.walltime ? { takes: row.at - begin, deed: null } : null
}

function byDetour(
  job: Job,
  { place, status }: SeededState,
  { begin, ways }: { readonly begin: Instant; readonly ways: Detours },
): SeedPath {
  const [from, deed] = ways[status] ?? []
  const way = from && reached(job, from, begin)
  if (way && deed) return { ...way, deed }
  const hint =
    status === 'Waiting for Queue' ? ': only jobs with "isLowPriority": true wait for the queue' : ''
  throw new SeedError(`${place} does not get to ${status}${hint}.`)
}

/** Dates of clusters have whole milliseconds: jobs that are submitted at others would take another time. */
export const nextMillisecond = (instant: Instant): Instant => Math.ceil(instant / millisecond) * millisecond
