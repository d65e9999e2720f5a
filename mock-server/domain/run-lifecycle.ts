import type { ActiveRun } from './active-run.ts'
import type { Execution, RunAnalysis, RunEnd, RunInterruption, RunOrder } from './executor.ts'
import type { StoredBytes } from './file-store.ts'
import { type Duration, hour, millisecond } from './instant.ts'
import { outputsOf, terminated } from './planned-run.ts'
import { shelve } from './run-files.ts'
import { orderFor } from './run-order.ts'
import type { StoredJob } from './stored-job.ts'
import { StoredRun } from './stored-run.ts'
import { bookAfter, type World } from './world.ts'

export type RunOutcome = Pick<RunEnd, 'exitCode' | 'interruption'>

/** The runs are known when the job executes (2014: a run starts 11 s later); as many begin as there are slots. */
export function beginRuns(world: World, job: StoredJob): void {
  const { cases } = job
  job.runs = Array.from({ length: cases?.rows.length ?? 1 }, (_, index) => new StoredRun(index + 1, cases))
  job.version += 1
  const slots = Math.min(slotsOf(job), job.runs.length)
  const freeSlots = Array.from({ length: slots }, (_, index) => slots - 1 - index)
  world.runQueues.set(job.id, { waiting: job.runs.toReversed(), freeSlots })
  fillSlots(world, job)
}

const slotsOf = (job: StoredJob): number => job.definition.jobanalyses[0]?.hardware.slots ?? 1

/** Lets waiting runs begin, in their order, in the slots that are free. */
export function fillSlots(world: World, job: StoredJob): void {
  const queue = world.runQueues.get(job.id)
  while (queue && queue.freeSlots.length > 0) {
    const run = queue.waiting.pop()
    if (!run) break
    beginRun(world, job, run, queue.freeSlots.pop() ?? 0)
  }
  if (queue?.waiting.length === 0) world.runQueues.delete(job.id)
}

/** Runs that have not begun never will. */
export const dropWaiting = (world: World, job: StoredJob): void => void world.runQueues.delete(job.id)

function beginRun(world: World, job: StoredJob, run: StoredRun, slot: number): void {
  const startedAt = world.scheduler.now()
  run.dateStarted = startedAt
  job.version += 1
  const order = orderFor(world, job, run, slot)
  const inputs = retainInputs(world, order)
  const execution = world.executor.execute(order)
  world.activeRuns.add(job.id, {
    runId: run.id,
    slot,
    order,
    execution,
    startedAt,
    inputs,
    isStopping: false,
  })
  if (execution.kind === 'planned') bookEnd(world, job, run.id, execution)
  else void execution.run.ended.then((end) => world.liveRunEnded(job.id, run.id, end))
}

export const isRunning = (world: World, job: StoredJob): boolean => world.activeRuns.count(job.id) > 0

/** Asks the commands of all runs to end. What they left is saved when they have. Nothing may be due for the job. */
export function stopRuns(world: World, job: StoredJob): void {
  dropWaiting(world, job)
  for (const active of world.activeRuns.of(job.id)) askToEnd(world, job, active)
}

/** Asks the commands of one run to end, whatever else goes on. A second time has no effect (inferred). */
export function stopRun(world: World, job: StoredJob, active: ActiveRun): void {
  if (active.isStopping) return
  if (active.execution.kind === 'planned')
    world.scheduler.cancel(
      (event) => event.jobId === job.id && 'runId' in event && event.runId === active.runId,
    )
  askToEnd(world, job, active)
}

function askToEnd(world: World, job: StoredJob, active: ActiveRun): void {
  active.isStopping = true
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
    if (active.execution.kind === 'planned') endPlannedRun(world, job, active.runId, 'stopped')
    else if (active.execution.run.forceStop) active.execution.run.forceStop()
    else {
      void active.execution.run.kill()
      endRun(world, job, active, { exitCode: terminated, interruption: 'stopped', outputs: [] })
    }
  }
}

/** A planned run ends now; null when it ended before. */
export function endPlannedRun(
  world: World,
  job: StoredJob,
  runId: string,
  interruption: RunInterruption | null,
): RunOutcome | null {
  const active = world.activeRuns.get(job.id, runId)
  if (active?.execution.kind !== 'planned') return null
  const { plan } = active.execution
  const outputs = outputsOf(world, active, plan, interruption)
  return endRun(world, job, active, {
    exitCode: interruption ? terminated : plan.exitCode,
    interruption,
    outputs,
  })
}

/** Null when the run ended before: nobody needs what it left. */
export function endLiveRun(
  world: World,
  job: StoredJob | undefined,
  runId: string,
  end: RunEnd,
): RunOutcome | null {
  const active = job && world.activeRuns.get(job.id, runId)
  if (active) return endRun(world, job, active, end)
  for (const { bytes } of end.outputs) void world.files.release(bytes)
  return null
}

function endRun(world: World, job: StoredJob, active: ActiveRun, end: RunEnd): RunOutcome {
  const run = job.run(active.runId)
  if (!run) throw new Error(`Job ${job.id} has no run ${active.runId} that could end`)
  world.activeRuns.delete(job.id, run.id)
  world.runQueues.get(job.id)?.freeSlots.push(active.slot)
  run.dateCompleted = Math.floor(world.scheduler.now() / millisecond) * millisecond
  run.exitCode = end.exitCode
  run.outputFiles = [...shelve(world, job, active, end.outputs), ...run.outputFiles]
  job.version += 1
  for (const bytes of active.inputs.values()) void world.files.release(bytes)
  return end
}

function bookEnd(
  world: World,
  job: StoredJob,
  runId: string,
  { plan }: Extract<Execution, { kind: 'planned' }>,
): void {
  const subject = { jobId: job.id, runId }
  const limit = timeLeft(world, job)
  const duration = plan.duration ?? Number.POSITIVE_INFINITY
  if (duration <= limit) {
    if (plan.duration !== null)
      world.scheduler.book({ delay: plan.duration, event: { kind: 'run-ends', ...subject } })
  } else {
    // Who settles a job that lasts until it is stopped wants to see it execute, not to wait for its walltime.
    const optional = plan.duration === null
    world.scheduler.book({ delay: limit, event: { kind: 'walltime-reached', ...subject }, optional })
  }
}

/** Until the walltime, which is the whole job's: it counts from the start of the first run. */
function timeLeft(world: World, job: StoredJob): Duration {
  const walltime = job.definition.jobanalyses[0]?.hardware.walltime ?? null
  if (walltime === null) return Number.POSITIVE_INFINITY
  const since = world.scheduler.now() - (job.runs[0]?.dateStarted ?? world.scheduler.now())
  return Math.max(0, Math.round(walltime * hour) - since)
}

function retainInputs(world: World, order: RunOrder): Map<string, StoredBytes> {
  const inputs = new Map(order.analyses.flatMap(bytesOf).map((bytes) => [bytes.id, bytes]))
  for (const bytes of inputs.values()) world.files.retain(bytes)
  return inputs
}

const bytesOf = ({ inputs, preProcessScript, postProcessScript, templates }: RunAnalysis): StoredBytes[] =>
  [...inputs, preProcessScript, postProcessScript, ...templates].flatMap((input) => input?.bytes ?? [])
