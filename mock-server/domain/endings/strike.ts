import { second } from '../instant.ts'
import { completeJob, endAtWalltime, forceStop, happenAfterRun, stop, stopOneRun } from '../job-lifecycle.ts'
import { meetRun } from '../run-ends.ts'
import type { StoredJob } from '../stored-job.ts'
import { cancelAllOf, moveCluster, type World } from '../world.ts'
import { type AskedEnding, bookStrike, pending } from './asked-endings.ts'
import { type Course, happensInRun } from './ending.ts'
import { reclaim } from './reclaim.ts'

/** Between the user's Stop and Force Stop: shorter than a grace time. */
const patience = 2 * second

/** What is asked for comes true. */
export function strike(world: World, job: StoredJob): void {
  const asked = pending(world, job)
  if (!asked || job.ended) return
  const { course } = asked.ending
  // Before anything happens: what happens may end the job, and look whether more is to come.
  asked.isOver = course.kind !== 'reclaim' && !(isForce(course) && job.status === 'Executing')
  if (course.kind === 'user') act(world, job, course)
  else if (course.kind === 'walltime') endAtWalltime(world, job)
  else if (course.kind === 'reclaim') reclaim(world, job, asked, course.times)
  else if (course.kind === 'cluster') failCluster(world, job, course)
  else
    for (const active of world.activeRuns.of(job.id)) {
      const outcome = meetRun(world, job, active, course.fate)
      if (outcome) happenAfterRun(world, job, outcome)
    }
}

/** A run comes to its own end: what should have come before comes now. */
export function strikeBeforeEnd(world: World, job: StoredJob): void {
  const asked = pending(world, job)
  if (!asked || !isDue(asked, job)) return
  strike(world, job)
  // The commands are over before the user loses patience.
  if (isForce(asked.ending.course) && !asked.isOver) strike(world, job)
}

const isDue = ({ ending }: AskedEnding, { status }: StoredJob): boolean =>
  happensInRun(ending) && (status === 'Executing' || (status === 'Stopping' && isForce(ending.course)))

const isForce = (course: Course): boolean => course.kind === 'user' && course.act === 'force stop'

function act(world: World, job: StoredJob, { act }: Extract<Course, { kind: 'user' }>): void {
  if (act === 'delete') world.eraseJob(job)
  else if (act === 'stop run')
    for (const active of world.activeRuns.of(job.id)) stopOneRun(world, job, active)
  else if (act === 'force stop' && job.status === 'Stopping') forceStop(world, job)
  else {
    stop(world, job)
    if (act === 'force stop') bookStrike(world, job, patience)
  }
}

function failCluster(
  world: World,
  job: StoredJob,
  { thenError, reason }: Extract<Course, { kind: 'cluster' }>,
): void {
  cancelAllOf(world, job)
  if (thenError) moveCluster(world, job, 'Error')
  completeJob(world, job, reason)
}
