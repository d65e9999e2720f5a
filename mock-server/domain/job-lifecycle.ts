import type { ActiveRun } from './active-run.ts'
import { happenToCluster, releaseCluster } from './cluster-lifecycle.ts'
import type { Step } from './delays.ts'
import { bookStrikeInJob, failedCommandOf } from './endings/asked-endings.ts'
import { isEconomy } from './hardware.ts'
import type { JobStatus } from './job-status.ts'
import { reasons } from './reasons.ts'
import { refuse } from './refusal.ts'
import { beginRuns, fillSlots, isRunning } from './run-begins.ts'
import { breakRuns, closeRuns, interruptRuns, type RunOutcome, stopRun, stopRuns } from './run-ends.ts'
import type { StoredJob } from './stored-job.ts'
import { bookAfter, cancelAllOf, endSilently, moveJob, type World } from './world.ts'

/** Where a job goes by itself. Validated waits for the cluster, whose start books Executing; that lasts as long as the run. */
const itinerary: Readonly<Partial<Record<JobStatus, readonly [step: Step, to: JobStatus]>>> = {
  Pending: ['pending', 'Queued'],
  'Waiting for Queue': ['waitingForQueue', 'Queued'],
  Queued: ['queued', 'Started'],
  Started: ['started', 'Validated'],
}

const economyItinerary: typeof itinerary = { ...itinerary, Pending: ['pendingEconomy', 'Waiting for Queue'] }

export function submit(world: World, job: StoredJob): void {
  happenToJob(world, job, 'Pending')
}

/** What a move of the job leads to. */
export function happenToJob(world: World, job: StoredJob, to: JobStatus): void {
  if (to === 'Completed') completeJob(world, job, null)
  else moveJob(world, job, to)
  if (to === 'Queued') happenToCluster(world, job, 'Not Started')
  if (to === 'Executing') beginRuns(world, job)
  const next = (isEconomy(job.definition) ? economyItinerary : itinerary)[to]
  if (next) bookMove(world, job, ...next)
  bookStrikeInJob(world, job, to)
}

/** What the end of a run leads to: the next run while one waits, and the end of the job after the last. */
export function happenAfterRun(world: World, job: StoredJob, { interruption }: RunOutcome): void {
  if (job.status === 'Executing' && interruption === 'walltime') endAtWalltime(world, job)
  else {
    fillSlots(world, job)
    if (!isRunning(world, job)) happenAfterRuns(world, job)
  }
}

function happenAfterRuns(world: World, job: StoredJob): void {
  if (job.status === 'Force Stop') releaseCluster(world, job)
  else if (job.status === 'Stopping') completeJob(world, job, null)
  else if (world.withStoppedRun.has(job.id)) completeJob(world, job, reasons.userTerminated)
  else if (job.runs.every(({ exitCode }) => exitCode === 0)) completeJob(world, job, reasons.success)
  else if (failedCommandOf(world, job) === 'stopping') stopAndComplete(world, job, reasons.runFailed)
  // That no Stopping row comes before is from the tutorial; no source shows the reason. Any but the one of success will do.
  else completeJob(world, job, reasons.runFailed)
}

/** The walltime is the whole job's: other runs are interrupted with the one that reached it. */
export function endAtWalltime(world: World, job: StoredJob): void {
  cancelAllOf(world, job)
  moveJob(world, job, 'Stopping', { reason: reasons.walltime })
  interruptRuns(world, job, 'walltime')
  if (!isRunning(world, job)) bookMove(world, job, 'stopping', 'Completed')
}

/** The user stops one run; others go on. A job that ends so is none of success (inferred). */
export function stopOneRun(world: World, job: StoredJob, active: ActiveRun): void {
  if (job.status === 'Executing') world.withStoppedRun.add(job.id)
  stopRun(world, job, active)
}

/** The job is bound to a cluster that is not ready (NB 46: a status that clients know); it goes on as it would have. */
export function waitForCluster(world: World, job: StoredJob): void {
  moveJob(world, job, 'Waiting for Cluster')
}

/** The user presses stop. A second time has no effect (inferred). */
export function stop(world: World, job: StoredJob): void {
  if (job.status === null || job.ended) refuse({ kind: 'job-not-running', jobId: job.id, status: job.status })
  if (job.status === 'Stopping') return
  cancelAllOf(world, job)
  if (!isValidated(job) && world.quirks.stopBeforeValidation === 'silent') {
    endSilently(world, job)
    letGo(world, job)
    releaseCluster(world, job)
  } else if (isRunning(world, job)) {
    moveJob(world, job, 'Stopping', { reason: reasons.userTerminated })
    stopRuns(world, job)
  } else {
    stopAndComplete(world, job, reasons.userTerminated)
  }
}

/**
 * The user presses Force Stop, which the portal offers after Stop only; here it works without as well (inferred).
 * Commands are ended without a grace time, and what they left is saved (tutorial cell 69).
 */
export function forceStop(world: World, job: StoredJob): void {
  const canForce = isValidated(job) || job.status === 'Stopping'
  if (!canForce || job.ended) {
    stop(world, job)
    return
  }
  cancelAllOf(world, job)
  moveJob(world, job, 'Force Stop', { reason: reasons.userTerminated, ends: true })
  letGo(world, job)
  breakRuns(world, job)
  if (!isRunning(world, job)) releaseCluster(world, job)
}

const isValidated = ({ status }: StoredJob): boolean => status === 'Validated' || status === 'Executing'

/** The end, whatever came before. */
export function completeJob(world: World, job: StoredJob, reason: string | null): void {
  moveJob(world, job, 'Completed', { reason, ends: true })
  letGo(world, job)
  releaseCluster(world, job)
}

/** What is kept only while a job is under way. */
function letGo(world: World, job: StoredJob): void {
  world.withStoppedRun.delete(job.id)
  if (world.restarts.has(job.id)) closeRuns(world, job)
  if (world.askedEndings.delete(job.id)) cancelAllOf(world, job)
}

function stopAndComplete(world: World, job: StoredJob, reason: string): void {
  moveJob(world, job, 'Stopping', { reason })
  bookMove(world, job, 'stopping', 'Completed')
}

function bookMove(world: World, job: StoredJob, step: Step, to: JobStatus): void {
  bookAfter(world, job, step, { kind: 'job-moves', jobId: job.id, to })
}
