import type { ClusterStatus } from '../cluster-status.ts'
import type { RunFate } from '../executor.ts'
import { type Duration, hour, minute, second } from '../instant.ts'
import type { JobStatus } from '../job-status.ts'
import type { Quirks } from '../quirks.ts'
import type { StoredJob } from '../stored-job.ts'
import type { World } from '../world.ts'
import { type Ending, happensInRun } from './ending.ts'
import type { EndingWish } from './read-ending.ts'

/** An ending that is asked for, until the job ends. */
export interface AskedEnding extends EndingWish {
  /** Whether all has happened that it brings about by itself. */
  isOver: boolean
}

/** Into a status of the job, or of its cluster, and before it is over. Inferred. */
const statusDelays: Readonly<Record<'job' | 'cluster', Readonly<Record<string, Duration>>>> = {
  job: { Queued: second, Validated: minute },
  cluster: { Queued: 10 * second, Starting: 4 * minute },
}

/** When the middle of a run is, that has none. Inferred. */
const midwayOfEndless: Duration = minute
/** Into a run that really happens: nobody knows how long it takes. */
const midwayOfLive: Duration = 10 * second
/** Until software has found that there is no licence. Inferred. */
const startOfRun: Duration = 2 * second
/** A run that never ends by itself, and shall. */
const usualRun: Duration = 30 * second
/** Where the job has no walltime. */
const assumedWalltime: Duration = hour

export function bookStrikeInJob(world: World, job: StoredJob, at: JobStatus): void {
  const course = pending(world, job)?.ending.course
  if (course?.kind === 'user' && course.during === at && at !== 'Executing')
    bookStrike(world, job, statusDelays.job[at] ?? 0)
}

export function bookStrikeInCluster(world: World, job: StoredJob, at: ClusterStatus): void {
  const course = pending(world, job)?.ending.course
  if (course?.kind === 'cluster' && course.during === at)
    bookStrike(world, job, statusDelays.cluster[at] ?? 0)
}

/** To be called when the first run begins, with how long it takes; null for a run without an end. */
export function bookStrikeInRun(
  world: World,
  job: StoredJob,
  run: { readonly isLive: boolean; readonly duration: Duration | null; readonly walltime: Duration | null },
): void {
  const asked = pending(world, job)
  if (!asked || !happensInRun(asked.ending) || !strikesByItself(asked.ending, run.isLive)) return
  if (asked.ending.course.kind === 'walltime')
    bookStrike(world, job, asked.after ?? run.walltime ?? assumedWalltime)
  else bookStrike(world, job, run.isLive ? (asked.after ?? midwayOfLive) : strikeMoment(asked, run.duration))
}

/** Plans know the end of their commands from the beginning; so do live runs, but not when it comes. */
const strikesByItself = ({ course }: Ending, isLive: boolean): boolean =>
  course.kind !== 'commands' || (isLive && course.when === 'midway')

/** How long into a run: no later than its own end. */
export function strikeMoment({ ending, after }: EndingWish, duration: Duration | null): Duration {
  const { course } = ending
  const when = course.kind === 'commands' ? course.when : 'midway'
  if (after !== null) return Math.min(after, duration ?? after)
  if (when === 'at the start') return startOfRun
  if (when === 'at the end') return duration ?? usualRun
  return duration === null ? midwayOfEndless : Math.floor(duration / 2)
}

/** How the commands of the job end, when that is decided. */
export function fateOf(world: World, job: StoredJob): RunFate | null {
  const course = world.askedEndings.get(job.id)?.ending.course
  return course?.kind === 'commands' ? course.fate : null
}

export function failedCommandOf(world: World, job: StoredJob): Quirks['failedCommand'] {
  const course = world.askedEndings.get(job.id)?.ending.course
  return (course?.kind === 'commands' && course.failedCommand) || world.quirks.failedCommand
}

/** What is asked for and still to come. */
export function pending(world: World, job: StoredJob): AskedEnding | null {
  const asked = world.askedEndings.get(job.id)
  return asked && !asked.isOver ? asked : null
}

/** Nothing more comes of what was asked for. */
export function forgetEnding(world: World, job: StoredJob): void {
  if (!world.askedEndings.delete(job.id)) return
  world.scheduler.cancel((event) => event.kind === 'ending-strikes' && event.jobId === job.id)
}

export function bookStrike(world: World, job: StoredJob, delay: Duration): void {
  world.scheduler.book({ delay, event: { kind: 'ending-strikes', jobId: job.id } })
}
