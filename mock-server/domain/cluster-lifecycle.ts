import type { ClusterStatus } from './cluster-status.ts'
import type { Step } from './delays.ts'
import { bookStrikeInCluster } from './endings/asked-endings.ts'
import { layoutOf } from './hardware.ts'
import type { StoredJob } from './stored-job.ts'
import { bookAfter, moveCluster, type World } from './world.ts'

/** Where a cluster goes by itself. Started lasts until the job ends, Stopped for ever. */
const itinerary: Readonly<Partial<Record<ClusterStatus, readonly [step: Step, to: ClusterStatus]>>> = {
  'Not Started': ['clusterNotStarted', 'Queued'],
  Queued: ['clusterQueued', 'Starting'],
  Starting: ['clusterStarting', 'Started'],
  'Stop Requested': ['clusterStopRequested', 'Stopping'],
  Stopping: ['clusterStopping', 'Stopped'],
}

/** What a move of the cluster leads to. The first, to Not Started, is made when the job is Queued. */
export function happenToCluster(world: World, job: StoredJob, to: ClusterStatus): void {
  moveCluster(world, job, to)
  const next = itinerary[to]
  if (next) bookMove(world, job, ...next)
  bookStrikeInCluster(world, job, to)
  if (to === 'Stopped') world.restarts.delete(job.id)
  if (to === 'Started') happenAfterStart(world, job)
}

/** The cluster is not needed any more. Nothing else may be due for the job. */
export function releaseCluster(world: World, job: StoredJob): void {
  if (job.clusterStatus !== null) bookMove(world, job, 'completed', 'Stop Requested')
}

function happenAfterStart(world: World, job: StoredJob): void {
  const hardware = job.definition.jobanalyses[0]?.hardware
  job.firstInstance = world.ids.take('instance', hardware ? layoutOf(hardware).nodes : 1)
  bookAfter(world, job, 'clusterStarted', { kind: 'job-moves', jobId: job.id, to: 'Executing' })
}

function bookMove(world: World, job: StoredJob, step: Step, to: ClusterStatus): void {
  bookAfter(world, job, step, { kind: 'cluster-moves', jobId: job.id, to })
}
