import type { Execution, RunOrder } from './executor.ts'
import type { World } from './world.ts'

/** What somebody who logs in to a cluster finds there. */
export interface ClusterLogin {
  readonly jobId: string
  /** What the cluster was asked to run: user, environment, inputs. */
  readonly order: RunOrder
  readonly execution: Execution
  /** The key given with the job, in the form of `id_ed25519.pub`. */
  readonly publicKey: string | null
}

const userPrefix = 'uprod_'

/**
 * The cluster of a unix user, while it is up and its first run lasts. The real platform lets users in as soon as the
 * cluster is `Started`, eleven seconds earlier; the home is made when the run begins (a known difference).
 */
export function clusterLogin(world: World, username: string): ClusterLogin | null {
  if (!username.startsWith(userPrefix)) return null
  const job = world.jobs.get(username.slice(userPrefix.length))
  const [active] = job ? world.activeRuns.of(job.id) : []
  if (!job || !active || active.isStopping) return null
  return {
    jobId: job.id,
    order: active.order,
    execution: active.execution,
    publicKey: job.definition.publicKey,
  }
}
