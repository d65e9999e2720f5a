import type { ActiveRun } from './active-run.ts'
import { runVariable } from './case-table.ts'
import { fatedPlan } from './endings/fated-plan.ts'
import type { RunEnd, RunFate, RunInterruption } from './executor.ts'
import { wholeMillisecond } from './instant.ts'
import { discardPlan, killed, outputsOf, terminated } from './planned-run.ts'
import { dropWaiting, replan } from './run-begins.ts'
import { shelve } from './run-files.ts'
import type { StoredJob } from './stored-job.ts'
import { bookAfter, type World } from './world.ts'

export type RunOutcome = Pick<RunEnd, 'exitCode' | 'interruption'>

/** Asks the commands of all runs to end. What they left is saved when they have. Nothing may be due for the job. */
export function stopRuns(world: World, job: StoredJob): void {
  dropWaiting(world, job)
  for (const active of world.activeRuns.of(job.id)) askToEnd(world, job, active)
}

/** Asks the commands of one run to end, whatever else goes on. A second time has no effect (inferred). */
export function stopRun(world: World, job: StoredJob, active: ActiveRun): void {
  if (active.isStopping) return
  if (active.execution.kind === 'planned') cancelAllOfRun(world, job, active)
  askToEnd(world, job, active)
}

const cancelAllOfRun = ({ scheduler }: World, { id }: StoredJob, { runId }: ActiveRun): void =>
  scheduler.cancel((event) => 'runId' in event && event.jobId === id && event.runId === runId)

function askToEnd(world: World, job: StoredJob, active: ActiveRun): void {
  active.isStopping = true
  noteRun(world, job, active.runId)
  if (active.execution.kind === 'live') active.execution.run.stop()
  else bookAfter(world, job, 'stopping', { kind: 'run-obeys', jobId: job.id, runId: active.runId })
}

/** Ends planned runs now, and live ones with a grace time: `endLiveRun` follows. Nothing may be due for the job. */
export function interruptRuns(world: World, job: StoredJob, interruption: RunInterruption): void {
  dropWaiting(world, job)
  for (const { runId, execution } of world.activeRuns.of(job.id)) {
    if (execution.kind === 'live') execution.run.stop()
    else endPlannedRun(world, job, runId, interruption)
  }
}

/** Ends the commands of all runs at once; `endLiveRun` follows for those that need real time. Nothing may be due for the job. */
export function breakRuns(world: World, job: StoredJob): void {
  dropWaiting(world, job)
  for (const active of world.activeRuns.of(job.id)) {
    if (active.execution.kind === 'planned') endPlannedRun(world, job, active.runId, 'stopped', killed)
    else if (active.execution.run.forceStop) active.execution.run.forceStop()
    else {
      void active.execution.run.kill()
      endRun(world, job, active, { exitCode: killed, interruption: 'stopped', outputs: [] })
    }
  }
}

/** A planned run ends now; null when it ended before. */
export function endPlannedRun(
  world: World,
  job: StoredJob,
  runId: string,
  interruption: RunInterruption | null,
  exitCode = terminated,
): RunOutcome | null {
  const active = world.activeRuns.get(job.id, runId)
  if (active?.execution.kind !== 'planned') return null
  const { plan } = active.execution
  const outputs = outputsOf(world, active, plan, interruption, exitCode)
  return endRun(world, job, active, {
    exitCode: interruption ? exitCode : plan.exitCode,
    interruption,
    outputs,
    ...(interruption === null && plan.results && { results: plan.results }),
  })
}

/** The commands of a run end at once, as is decided. Null when they need real time for it, and `endLiveRun` follows. */
export function meetRun(world: World, job: StoredJob, active: ActiveRun, fate: RunFate): RunOutcome | null {
  const { execution, startedAt } = active
  if (execution.kind === 'planned') {
    cancelAllOfRun(world, job, active)
    replan(world, active, fatedPlan(execution.plan, fate, world.scheduler.now() - startedAt))
    return endPlannedRun(world, job, active.runId, null)
  }
  if (execution.run.meet) {
    execution.run.meet(fate)
    return null
  }
  void execution.run.kill()
  return endRun(world, job, active, { exitCode: fate.exitCode, interruption: null, outputs: [] })
}

/** The machines of all runs are gone, and with them all that the runs had done. They may begin again. */
export function dropRuns(world: World, job: StoredJob): void {
  dropWaiting(world, job)
  for (const active of world.activeRuns.of(job.id)) {
    world.activeRuns.delete(job.id, active.runId)
    noteRun(world, job, active.runId)
    if (active.execution.kind === 'live') void active.execution.run.kill()
    else discardPlan(world, active, active.execution.plan)
    releaseInputs(world, active)
  }
}

/** The machine of a run that was being stopped is gone, and what the run had done with it. */
export function loseRun(world: World, job: StoredJob, runId: string): void {
  const run = job.run(runId)
  if (!run) throw new Error(`Job ${job.id} has no run ${runId} that could end`)
  run.dateCompleted = wholeMillisecond(world.scheduler.now())
  run.exitCode = terminated
  noteRun(world, job, runId)
  job.version += 1
}

/** Runs that began and were dropped, and will not begin again, end here without outputs. */
export function closeRuns(world: World, job: StoredJob): void {
  for (const run of job.runs) {
    if (run.dateStarted === null || run.dateCompleted !== null || world.activeRuns.get(job.id, run.id))
      continue
    run.dateCompleted = wholeMillisecond(world.scheduler.now())
    run.exitCode = terminated
    world.changes?.run(job, run)
  }
}

/** Null when the run ended before, or was dropped: nobody needs what it left. */
export function endLiveRun(
  world: World,
  job: StoredJob | undefined,
  active: ActiveRun,
  end: RunEnd,
): RunOutcome | null {
  if (job && world.activeRuns.get(job.id, active.runId) === active) return endRun(world, job, active, end)
  for (const { bytes } of end.outputs) void world.files.release(bytes)
  return null
}

function endRun(world: World, job: StoredJob, active: ActiveRun, end: RunEnd): RunOutcome {
  const run = job.run(active.runId)
  if (!run) throw new Error(`Job ${job.id} has no run ${active.runId} that could end`)
  world.activeRuns.delete(job.id, run.id)
  world.runQueues.get(job.id)?.freeSlots.push(active.slot)
  run.dateCompleted = wholeMillisecond(world.scheduler.now())
  run.exitCode = end.exitCode
  run.results = (end.results ?? []).map(({ name, value }) => runVariable(name, value))
  world.changes?.run(job, run)
  run.outputFiles = [...shelve(world, job, active, end.outputs), ...run.outputFiles]
  job.version += 1
  releaseInputs(world, active)
  return end
}

function noteRun(world: World, job: StoredJob, runId: string): void {
  const run = world.changes && job.run(runId)
  if (run) world.changes?.run(job, run)
}

function releaseInputs(world: World, { inputs }: ActiveRun): void {
  for (const bytes of inputs.values()) void world.files.release(bytes)
}
