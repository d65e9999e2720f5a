import type { ActiveRun } from './active-run.ts'
import { bookStrikeInRun, fateOf, strikeMoment } from './endings/asked-endings.ts'
import { endlessPlan, fatedPlan } from './endings/fated-plan.ts'
import type { RunAnalysis, RunOrder, RunPlan } from './executor.ts'
import type { StoredBytes } from './file-store.ts'
import { type Duration, hour, wholeMillisecond } from './instant.ts'
import { discardDropped } from './planned-run.ts'
import { orderFor } from './run-order.ts'
import type { PlanAmendment } from './saved/saved-run.ts'
import type { StoredJob } from './stored-job.ts'
import { StoredRun } from './stored-run.ts'
import type { World } from './world.ts'

/** The runs are known when the job executes (2014: a run starts 11 s later); as many begin as there are slots. */
export function beginRuns(world: World, job: StoredJob): void {
  const { cases } = job
  job.runs = Array.from({ length: cases?.rows.length ?? 1 }, (_, index) => new StoredRun(index + 1, cases))
  job.version += 1
  if (world.changes) for (const run of job.runs) world.changes.run(job, run)
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
  run.dateStarted = wholeMillisecond(startedAt)
  world.changes?.run(job, run)
  job.version += 1
  const fate = fateOf(world, job)
  const ordered = orderFor(world, job, run, slot)
  const order = fate ? { ...ordered, fate } : ordered
  const inputs = retainInputs(world, order)
  const active: ActiveRun = {
    runId: run.id,
    slot,
    order,
    execution: execute(world, order),
    startedAt,
    inputs,
    amendment: null,
    isStopping: false,
  }
  if (active.execution.kind === 'planned') foresee(world, job, active, active.execution.plan)
  world.activeRuns.add(job.id, active)
  bookEnd(world, job, active)
}

/** What a planned run leaves on storage devices is there, for later, as soon as it is planned. */
function execute(world: World, order: RunOrder): ActiveRun['execution'] {
  for (const { deviceId } of order.volumes) world.changes?.volume(deviceId)
  return world.executor.execute(order)
}

/** What is asked for makes the plan another one. */
function foresee(world: World, job: StoredJob, active: ActiveRun, plan: RunPlan): void {
  const asked = world.askedEndings.get(job.id)
  const { fate } = active.order
  if (asked?.ending.course.kind === 'walltime') amend(world, active, plan, { kind: 'endless' })
  if (!asked || !fate) return
  amend(world, active, plan, { kind: 'fated', fate, at: strikeMoment(asked, plan.duration) })
  asked.isOver = true
}

function amend(world: World, active: ActiveRun, plan: RunPlan, amendment: PlanAmendment): void {
  active.amendment = amendment
  replan(world, active, amendedPlan(plan, amendment))
}

export function amendedPlan(plan: RunPlan, amendment: PlanAmendment | null): RunPlan {
  if (amendment === null) return plan
  return amendment.kind === 'endless' ? endlessPlan(plan) : fatedPlan(plan, amendment.fate, amendment.at)
}

export function replan(world: World, active: ActiveRun, plan: RunPlan): void {
  if (active.execution.kind !== 'planned') throw new Error(`Run ${active.runId} has no plan`)
  discardDropped(world, active, active.execution.plan, plan)
  active.execution = { kind: 'planned', plan }
}

export const isRunning = (world: World, job: StoredJob): boolean => world.activeRuns.count(job.id) > 0

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
