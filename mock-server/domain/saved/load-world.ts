import type { ActiveRun } from '../active-run.ts'
import { endings } from '../endings/known-endings.ts'
import type { RunOrder, RunPlan } from '../executor.ts'
import { amendedPlan } from '../run-begins.ts'
import type { StoredJob } from '../stored-job.ts'
import type { StoredStorageDevice } from '../stored-storage-device.ts'
import type { World } from '../world.ts'
import { bytesOfRun } from './held-bytes.ts'
import type { SavedJob } from './saved-job.ts'
import type { SavedOrder, SavedPlannedRun } from './saved-run.ts'

/** Puts a job under way again as it was when it was saved, without the runs that were live. */
export function resumeJob(
  world: World,
  job: StoredJob,
  saved: SavedJob,
  deviceOf: (deviceId: string) => StoredStorageDevice | undefined,
): void {
  resumeRuns(world, job, saved)
  const { underWay } = saved
  if (!underWay) return
  const { hasStoppedRun, askedEnding, restarts, attachedStorage, freeSlots } = underWay
  const ending = endings.find(({ name }) => name === askedEnding?.name)
  const devices = attachedStorage.flatMap((deviceId) => deviceOf(deviceId) ?? [])
  if (hasStoppedRun) world.withStoppedRun.add(job.id)
  if (askedEnding && ending)
    world.askedEndings.set(job.id, { ending, after: askedEnding.after, isOver: askedEnding.isOver })
  if (restarts) world.restarts.set(job.id, { ...restarts })
  if (devices.length > 0) world.attachedStorage.set(job.id, devices)
  if (freeSlots) world.runQueues.set(job.id, { waiting: waitingRuns(world, job), freeSlots: [...freeSlots] })
}

/** In the order in which they began: those of one instant began by number. */
function resumeRuns(world: World, job: StoredJob, { runs }: SavedJob): void {
  const planned = runs.flatMap(({ displayOrder, active }) =>
    active?.kind === 'planned' ? [{ runId: String(displayOrder), active }] : [],
  )
  if (planned.length > 1) planned.sort((one, other) => one.active.startedAt - other.active.startedAt)
  for (const { runId, active } of planned) {
    const resumed = resumedRun(world, runId, active)
    if (resumed) world.activeRuns.add(job.id, resumed)
  }
}

const waitingRuns = (world: World, job: StoredJob) =>
  job.runs
    .filter(({ id, dateCompleted }) => dateCompleted === null && !world.activeRuns.get(job.id, id))
    .reverse()

/** Null when there is no plan, and the executor makes none: its runs are live. */
function resumedRun(world: World, runId: string, saved: SavedPlannedRun): ActiveRun | null {
  const { slot, startedAt, isStopping, inputs, amendment } = saved
  const plan = saved.plan ?? planAgain(world, saved)
  if (!plan) return null
  for (const bytes of bytesOfRun({ inputs, plan })) world.files.retain(bytes)
  let order: RunOrder | undefined
  return {
    runId,
    slot,
    // Most plans are never made again.
    get order() {
      order ??= resumedOrder(world, saved.order)
      return order
    },
    execution: { kind: 'planned', plan },
    startedAt,
    inputs: new Map(inputs.map((bytes) => [bytes.id, bytes])),
    amendment,
    isStopping,
  }
}

/** The same as before: orders and executors are what they were then. */
function planAgain(world: World, { order, startedAt, amendment }: SavedPlannedRun): RunPlan | null {
  const plan = world.executor.planAgain?.({ ...resumedOrder(world, order), now: () => startedAt })
  return plan ? amendedPlan(plan, amendment) : null
}

/** The order may come from the world of another tenant. */
export function resumedOrder(world: World, order: SavedOrder): RunOrder {
  const chance = world.random.stream('executor', `${order.jobId} ${order.runId}`)
  const { tenantId } = world
  return {
    ...order,
    tenantId,
    volumes: order.volumes.map(({ deviceId }) => ({ tenantId, deviceId })),
    environment: { ...order.environment, ...world.environment },
    now: () => world.scheduler.now(),
    random: () => chance.next(),
  }
}
