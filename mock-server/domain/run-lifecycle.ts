import type { ActiveRun } from './active-run.ts'
import { runVariable } from './case-table.ts'
import { bookStrikeInRun, fateOf, strikeMoment } from './endings/asked-endings.ts'
import { endlessPlan, fatedPlan } from './endings/fated-plan.ts'
import type { RunAnalysis, RunEnd, RunFate, RunInterruption, RunOrder, RunPlan } from './executor.ts'
import type { StoredBytes } from './file-store.ts'
import { type Duration, hour, type Instant, millisecond } from './instant.ts'
import { discardDropped, discardPlan, killed, outputsOf, terminated } from './planned-run.ts'
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
  beginUnfinishedRuns(world, job)
}

/** Lets all runs begin that have not ended, as many at a time as there are slots. None may be under way. */
export function beginUnfinishedRuns(world: World, job: StoredJob): void {
  const runs = job.runs.filter(({ dateCompleted }) => dateCompleted === null)
  const slots = Math.min(slotsOf(job), runs.length)
  const freeSlots = Array.from({ length: slots }, (_, index) => slots - 1 - index)
  world.runQueues.set(job.id, { waiting: runs.reverse(), freeSlots })
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
  const fate = fateOf(world, job)
  const ordered = orderFor(world, job, run, slot)
  const order = fate ? { ...ordered, fate } : ordered
  const inputs = retainInputs(world, order)
  const active: ActiveRun = {
    runId: run.id,
    slot,
    order,
    execution: world.executor.execute(order),
    startedAt,
    inputs,
    isStopping: false,
  }
  if (active.execution.kind === 'planned') foresee(world, job, active, active.execution.plan)
  world.activeRuns.add(job.id, active)
  bookEnd(world, job, active)
}

/** What is asked for makes the plan another one. */
function foresee(world: World, job: StoredJob, active: ActiveRun, plan: RunPlan): void {
  const asked = world.askedEndings.get(job.id)
  const { fate } = active.order
  if (asked?.ending.course.kind === 'walltime') replan(world, active, endlessPlan(plan))
  if (!asked || !fate) return
  replan(world, active, fatedPlan(plan, fate, strikeMoment(asked, plan.duration)))
  asked.isOver = true
}

function replan(world: World, active: ActiveRun, plan: RunPlan): void {
  if (active.execution.kind !== 'planned') throw new Error(`Run ${active.runId} has no plan`)
  discardDropped(world, active, active.execution.plan, plan)
  active.execution = { kind: 'planned', plan }
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
      (event) => 'runId' in event && event.jobId === job.id && event.runId === active.runId,
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
    if (active.execution.kind === 'live') void active.execution.run.kill()
    else discardPlan(world, active, active.execution.plan)
    releaseInputs(world, active)
  }
}

/** Runs that began and were dropped, and will not begin again, end here without outputs. */
export function closeRuns(world: World, job: StoredJob): void {
  for (const run of job.runs) {
    if (run.dateStarted === null || run.dateCompleted !== null || world.activeRuns.get(job.id, run.id))
      continue
    run.dateCompleted = wholeMillisecond(world)
    run.exitCode = terminated
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
  run.dateCompleted = wholeMillisecond(world)
  run.exitCode = end.exitCode
  run.results = (end.results ?? []).map(({ name, value }) => runVariable(name, value))
  run.outputFiles = [...shelve(world, job, active, end.outputs), ...run.outputFiles]
  job.version += 1
  releaseInputs(world, active)
  return end
}

const wholeMillisecond = ({ scheduler }: World): Instant =>
  Math.floor(scheduler.now() / millisecond) * millisecond

function releaseInputs(world: World, { inputs }: ActiveRun): void {
  for (const bytes of inputs.values()) void world.files.release(bytes)
}

function bookEnd(world: World, job: StoredJob, active: ActiveRun): void {
  const { execution } = active
  const left = timeLeft(world, job)
  const walltime = left === Number.POSITIVE_INFINITY ? null : left
  if (execution.kind === 'live') {
    bookStrikeInRun(world, job, { isLive: true, duration: null, walltime })
    void execution.run.ended.then((end) => world.liveRunEnded(job.id, active, end))
    return
  }
  const { duration } = execution.plan
  // First, so that it comes before an end at the same instant.
  bookStrikeInRun(world, job, { isLive: false, duration, walltime })
  const subject = { jobId: job.id, runId: active.runId }
  if (duration !== null && duration <= left) {
    world.scheduler.book({ delay: duration, event: { kind: 'run-ends', ...subject } })
  } else if (walltime !== null) {
    // Who settles a job that lasts until it is stopped wants to see it execute, not to wait for its walltime.
    const optional = duration === null
    world.scheduler.book({ delay: walltime, event: { kind: 'walltime-reached', ...subject }, optional })
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
