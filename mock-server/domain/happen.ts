import type { ActiveRun } from './active-run.ts'
import { happenToCluster } from './cluster-lifecycle.ts'
import { replaceInstances } from './endings/reclaim.ts'
import { strike, strikeBeforeEnd } from './endings/strike.ts'
import type { JobEvent, PlatformEvent } from './events.ts'
import type { RunEnd } from './executor.ts'
import { happenAfterRun, happenToJob } from './job-lifecycle.ts'
import type { PlatformParts } from './platform-parts.ts'
import { endLiveRun, endPlannedRun } from './run-ends.ts'
import type { StoredJob } from './stored-job.ts'
import type { World } from './world.ts'

const interruptions = { 'run-ends': null, 'run-obeys': 'stopped', 'walltime-reached': 'walltime' } as const

/** What was due happens, at the scheduler's now. */
export function happen({ world, storage }: PlatformParts, event: PlatformEvent): void {
  if ('deviceId' in event) storage.happen(event)
  else happenToJobOf(world, event)
}

/** A run whose commands really ran is over. Told about a job that is gone, or a run that was dropped, it only lets go of the outputs. */
export function liveRunEnded(world: World, jobId: string, active: ActiveRun, end: RunEnd): void {
  const job = world.jobs.get(jobId)
  if (job && world.activeRuns.get(jobId, active.runId) === active) {
    world.changes?.job(job)
    strikeBeforeEnd(world, job)
  }
  const rest = world.jobs.get(jobId)
  const outcome = endLiveRun(world, rest, active, end)
  if (rest && outcome) happenAfterRun(world, rest, outcome)
}

function happenToJobOf(world: World, event: JobEvent): void {
  const job = world.jobs.get(event.jobId)
  if (!job) throw new Error(`An appointment outlived its job: ${JSON.stringify(event)}`)
  world.changes?.job(job)
  if (event.kind === 'job-moves') happenToJob(world, job, event.to)
  else if (event.kind === 'cluster-moves') happenToCluster(world, job, event.to)
  else if (event.kind === 'ending-strikes') strike(world, job)
  else if (event.kind === 'instance-replaced') replaceInstances(world, job)
  else endPlanned(world, job, event.runId, event.kind)
}

function endPlanned(world: World, job: StoredJob, runId: string, kind: keyof typeof interruptions): void {
  if (kind === 'run-ends') strikeBeforeEnd(world, job)
  const outcome = endPlannedRun(world, job, runId, interruptions[kind])
  if (outcome) happenAfterRun(world, job, outcome)
}
