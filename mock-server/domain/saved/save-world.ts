import type { ActiveRun } from '../active-run.ts'
import type { StoredJob } from '../stored-job.ts'
import type { StoredRun } from '../stored-run.ts'
import type { World } from '../world.ts'
import type { SavedJob, SavedUnderWay } from './saved-job.ts'
import type { SavedActiveRun, SavedOrder, SavedRun } from './saved-run.ts'

/** As it was saved before, while it has not changed. */
export function saveJob(world: World, job: StoredJob): SavedJob {
  const { saved } = job
  if (saved?.version === job.version && !isUnderWay(saved) && saveUnderWay(world, job.id) === null)
    return saved
  job.saved = saveChanged(world, job)
  return job.saved
}

/** Then it changes in ways that its version does not tell. */
const isUnderWay = ({ underWay, runs }: SavedJob): boolean =>
  underWay !== null || runs.some(({ active }) => active !== null)

const saveChanged = (world: World, job: StoredJob): SavedJob => ({
  ...saveJobAlone(world, job),
  runs: job.runs.map((run) => saveRun(world, job, run)),
})

/** Without its runs, of which there may be many. */
export function saveJobAlone(world: World, job: StoredJob): SavedJob {
  const { id, sequence, name, dateInserted, definition, status, ended, clusterStatus, firstInstance } = job
  return {
    id,
    sequence,
    name,
    dateInserted,
    definition,
    status,
    ended,
    lastRow: job.lastRow,
    clusterStatus,
    lastClusterRow: job.lastClusterRow,
    firstInstance,
    cases: job.cases,
    runs: [],
    tags: job.tagList,
    sharedWith: job.shares,
    customFields: job.fields && [...job.fields],
    version: job.version,
    underWay: saveUnderWay(world, id),
  }
}

export function saveRun(world: World, job: StoredJob, run: StoredRun): SavedRun {
  const { displayOrder, dateStarted, dateCompleted, exitCode, outputFiles, results } = run
  const active = world.activeRuns.get(job.id, run.id)
  return {
    displayOrder,
    dateStarted,
    dateCompleted,
    exitCode,
    outputFiles,
    results,
    active: active ? saveActive(world, active) : null,
  }
}

function saveUnderWay(world: World, jobId: string): SavedUnderWay | null {
  const asked = world.askedEndings.get(jobId)
  const restarts = world.restarts.get(jobId)
  const attached = world.attachedStorage.get(jobId)
  const queue = world.runQueues.get(jobId)
  const hasStoppedRun = world.withStoppedRun.has(jobId)
  if (!asked && !restarts && !attached && !queue && !hasStoppedRun) return null
  return {
    hasStoppedRun,
    askedEnding: asked ? { name: asked.ending.name, after: asked.after, isOver: asked.isOver } : null,
    restarts: restarts ? { ...restarts } : null,
    attachedStorage: (attached ?? []).map(({ id }) => id),
    freeSlots: queue ? [...queue.freeSlots] : null,
  }
}

function saveActive(world: World, active: ActiveRun): SavedActiveRun {
  const { execution, slot, startedAt, isStopping, order, inputs, amendment } = active
  if (execution.kind === 'live') return { kind: 'live', isStopping }
  return {
    kind: 'planned',
    slot,
    startedAt,
    isStopping,
    order: saveOrder(world, order),
    inputs: [...inputs.values()],
    plan: execution.plan,
    amendment,
  }
}

function saveOrder(world: World, { now: _now, random: _random, ...order }: ActiveRun['order']): SavedOrder {
  const environment = Object.entries(order.environment).filter(([name]) => !(name in world.environment))
  return { ...order, environment: Object.fromEntries(environment) }
}
