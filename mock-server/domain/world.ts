import type { ActiveRun, ActiveRuns, RunQueue } from './active-run.ts'
import type { CaseFiles } from './case-files.ts'
import { type ClusterStatus, clusterStatuses, clusterStatusesAfter } from './cluster-status.ts'
import { endOf, type Step } from './delays.ts'
import type { AskedEnding } from './endings/asked-endings.ts'
import type { Restarts } from './endings/reclaim.ts'
import type { PlatformEvent } from './events.ts'
import type { Executor, RunEnd } from './executor.ts'
import type { FileShelf } from './file-shelf.ts'
import type { Ids } from './ids.ts'
import type { JobIndex } from './job-index.ts'
import { type JobStatus, jobStatuses, jobStatusesAfter } from './job-status.ts'
import type { Quirks } from './quirks.ts'
import type { Random } from './random.ts'
import type { ChangeLog } from './saved/change-log.ts'
import type { Scheduler } from './scheduler.ts'
import type { StatusLog } from './status-log.ts'
import type { StoredJob } from './stored-job.ts'
import type { StoredStorageDevice } from './stored-storage-device.ts'

/** What the lifecycles of one platform work with. */
export interface World {
  readonly tenantId: string
  readonly scheduler: Scheduler<PlatformEvent>
  readonly random: Random
  readonly ids: Ids
  readonly statusLog: StatusLog
  readonly jobs: JobIndex
  readonly files: FileShelf
  readonly cases: CaseFiles
  readonly executor: Executor
  readonly quirks: Quirks
  readonly environment: Readonly<Record<string, string>>
  /** First lines of every log. */
  readonly notices: readonly string[]
  readonly activeRuns: ActiveRuns
  /** By job, while runs wait for a slot. */
  readonly runQueues: Map<string, RunQueue>
  /** Jobs under way of which the user has stopped a run. */
  readonly withStoppedRun: Set<string>
  /** By job. */
  readonly askedEndings: Map<string, AskedEnding>
  /** By job. */
  readonly restarts: Map<string, Restarts>
  /** By job: devices that its runs find in their homes. */
  readonly attachedStorage: Map<string, readonly StoredStorageDevice[]>
  /** Null where nobody keeps what changes. */
  readonly changes: ChangeLog | null
  /** The job is gone, as if it had never been; its inputs stay. */
  readonly eraseJob: (job: StoredJob) => void
  /** To be told when a live run has ended. */
  readonly liveRunEnded: (jobId: string, active: ActiveRun, end: RunEnd) => void
}

/** Books what follows a step of the job or its cluster. */
export function bookAfter(world: World, job: StoredJob, step: Step, event: PlatformEvent): void {
  // By job and step, so that what happens to one job never changes when another one starts.
  const chance = world.random.chance('jitter', `${job.id} ${step}`)
  world.scheduler.book({ at: endOf(step, world.scheduler.now(), chance), event })
}

/** Looks at all that is due: for what users do, not for what happens by itself. */
export function cancelAllOf(world: World, job: StoredJob): void {
  world.scheduler.cancel((event) => 'jobId' in event && event.jobId === job.id)
}

/** Appends a row to the job's history. A move that the table does not allow is a bug of ours. */
export function moveJob(
  world: World,
  job: StoredJob,
  to: JobStatus,
  { reason = null, ends = false }: { readonly reason?: string | null; readonly ends?: boolean } = {},
): void {
  const allowed = job.status === null ? to === 'Pending' : jobStatusesAfter[job.status].includes(to)
  if (!allowed || job.ended) throw new Error(`Job ${job.id} cannot go from ${job.status} to ${to}`)
  const row = { status: jobStatuses.indexOf(to), at: world.scheduler.now(), reason }
  job.lastRow = world.statusLog.append(job.lastRow, row)
  world.jobs.relist(job, () => {
    job.status = to
    job.ended = ends
  })
  job.version += 1
}

/** A job that nothing will happen to any more, without a row to say so. */
export function endSilently(world: World, job: StoredJob): void {
  world.jobs.relist(job, () => {
    job.ended = true
  })
  job.version += 1
}

/** Appends a row to the cluster's history. A move that the table does not allow is a bug of ours. */
export function moveCluster(world: World, job: StoredJob, to: ClusterStatus): void {
  const from = job.clusterStatus
  const allowed = from === null ? to === 'Not Started' : clusterStatusesAfter[from].includes(to)
  if (!allowed) throw new Error(`The cluster of job ${job.id} cannot go from ${from} to ${to}`)
  const row = { status: clusterStatuses.indexOf(to), at: world.scheduler.now(), reason: null }
  job.lastClusterRow = world.statusLog.append(job.lastClusterRow, row)
  job.clusterStatus = to
  job.version += 1
}
