import { type ActiveRun, activeRunKey } from './active-run.ts'
import type { Execution, RunAnalysis, RunEnd, RunInterruption, RunOrder, RunOutput } from './executor.ts'
import type { StoredBytes } from './file-store.ts'
import { hour, millisecond } from './instant.ts'
import { outputsOf, terminated } from './planned-run.ts'
import { processOutputName } from './process-output.ts'
import { orderFor } from './run-order.ts'
import type { StoredJob } from './stored-job.ts'
import { StoredRun } from './stored-run.ts'
import { bookAfter, type World } from './world.ts'

export type RunOutcome = Pick<RunEnd, 'exitCode' | 'interruption'>

/** A basic job has one run. */
const onlyRun = 1

/** The run starts as the job executes (2014: 11 s later). */
export function beginRun(world: World, job: StoredJob): void {
  const run = new StoredRun(onlyRun, world.scheduler.now())
  job.run = run
  job.version += 1
  const order = orderFor(world, job, run.id)
  const inputs = retainInputs(world, order)
  const execution = world.executor.execute(order)
  world.activeRuns.set(activeRunKey(job.id, run.id), { execution, startedAt: run.dateStarted, inputs })
  if (execution.kind === 'planned') bookEnd(world, job, run.id, execution, order.walltime)
  else void execution.run.ended.then((end) => world.liveRunEnded(job.id, run.id, end))
}

export const isRunning = (world: World, job: StoredJob): boolean => activeRunOf(world, job) !== undefined

/** Asks the commands to end. What they left is saved when they have. Nothing may be due for the job. */
export function stopRun(world: World, job: StoredJob): void {
  const active = activeRunOf(world, job)
  if (!active || !job.run) return
  if (active.execution.kind === 'live') active.execution.run.stop()
  else bookAfter(world, job, 'stopping', { kind: 'run-obeys', jobId: job.id, runId: job.run.id })
}

/** Ends the commands at once. Nothing may be due for the job. Null when they need real time for it, and `endLiveRun` follows. */
export function breakRun(world: World, job: StoredJob): RunOutcome | null {
  const active = activeRunOf(world, job)
  if (!active) return null
  if (active.execution.kind === 'planned') return endPlannedRun(world, job, 'stopped')
  const { run } = active.execution
  if (run.forceStop) {
    run.forceStop()
    return null
  }
  void run.kill()
  return endRun(world, job, active, { exitCode: terminated, interruption: 'stopped', outputs: [] })
}

/** A planned run ends now; null when it ended before. */
export function endPlannedRun(
  world: World,
  job: StoredJob,
  interruption: RunInterruption | null,
): RunOutcome | null {
  const active = activeRunOf(world, job)
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
  const active = job && world.activeRuns.get(activeRunKey(job.id, runId))
  if (active) return endRun(world, job, active, end)
  for (const { bytes } of end.outputs) void world.files.release(bytes)
  return null
}

function endRun(world: World, job: StoredJob, active: ActiveRun, end: RunEnd): RunOutcome {
  const run = job.run
  if (!run) throw new Error(`Job ${job.id} has no run that could end`)
  world.activeRuns.delete(activeRunKey(job.id, run.id))
  run.dateCompleted = Math.floor(world.scheduler.now() / millisecond) * millisecond
  run.exitCode = end.exitCode
  run.outputFiles = shelve(world, job, run.id, active, end.outputs)
  job.version += 1
  for (const bytes of active.inputs.values()) void world.files.release(bytes)
  return end
}

/** Newest first; the log is the newest, because the tutorial takes the first match of `output` for it. */
function shelve(
  world: World,
  job: StoredJob,
  runId: string,
  active: ActiveRun,
  outputs: readonly RunOutput[],
) {
  const origin = { jobId: job.id, runId }
  const isLog = ({ relativePath }: RunOutput): boolean => relativePath === processOutputName
  const files = [...outputs.filter((output) => !isLog(output)), ...outputs.filter(isLog)].map(
    ({ relativePath, bytes }) => {
      // An input that came back as it was: one sequence of bytes, two files.
      if (active.inputs.has(bytes.id)) world.files.retain(bytes)
      return world.files.addOutput(relativePath, bytes, origin, world.scheduler.now())
    },
  )
  return files.reverse()
}

function bookEnd(
  world: World,
  job: StoredJob,
  runId: string,
  { plan }: Extract<Execution, { kind: 'planned' }>,
  walltime: number | null,
): void {
  const subject = { jobId: job.id, runId }
  const limit = walltime === null ? Number.POSITIVE_INFINITY : Math.round(walltime * hour)
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

function retainInputs(world: World, order: RunOrder): Map<string, StoredBytes> {
  const inputs = new Map(order.analyses.flatMap(bytesOf).map((bytes) => [bytes.id, bytes]))
  for (const bytes of inputs.values()) world.files.retain(bytes)
  return inputs
}

const bytesOf = ({ inputs, preProcessScript, postProcessScript }: RunAnalysis): StoredBytes[] =>
  [...inputs, preProcessScript, postProcessScript].flatMap((input) => input?.bytes ?? [])

const activeRunOf = (world: World, job: StoredJob): ActiveRun | undefined =>
  job.run ? world.activeRuns.get(activeRunKey(job.id, job.run.id)) : undefined
