import type { Execution, RunOrder } from './executor.ts'
import type { JobStatus } from './job-status.ts'
import type { StoredJob } from './stored-job.ts'
import type { World } from './world.ts'

/** What somebody who logs in to a cluster finds there. */
export interface ClusterLogin {
  readonly jobId: string
  /** The key given with the job, in the form of `id_ed25519.pub`. */
  readonly publicKey: string | null
  /** Null while the cluster is up and its run has not begun: the home is made with the run. */
  readonly run: LoginRun | null
}

export interface LoginRun {
  /** What the cluster was asked to run: user, environment, inputs. */
  readonly order: RunOrder
  readonly execution: Execution
}

const userPrefix = 'uprod_'

const beforeItsRun: readonly JobStatus[] = ['Queued', 'Waiting for Cluster', 'Started', 'Validated']

/** The cluster of a unix user, from its `Started` on until its last run is over. */
export function clusterLogin(world: World, username: string): ClusterLogin | null {
  if (!username.startsWith(userPrefix)) return null
  const job = world.jobs.get(username.slice(userPrefix.length))
  const [active] = job ? world.activeRuns.of(job.id) : []
  if (!job || (active ? active.isStopping : !isAboutToRun(job))) return null
  return { jobId: job.id, publicKey: job.definition.publicKey, run: active ?? null }
}

const isAboutToRun = ({ clusterStatus, status }: StoredJob): boolean =>
  clusterStatus === 'Started' && status !== null && beforeItsRun.includes(status)
