import type { Cluster } from '../clusters/cluster.ts'
import type { Credentials } from '../clusters/login.ts'
import type { ClusterOptions } from '../clusters/start-cluster.ts'
import type { Connection } from '../connection.ts'
import type { CallOptions } from '../types.ts'
import type { JobsResource } from './jobs.ts'

/** `client.clusters` */
export class ClustersResource {
  readonly #jobs: JobsResource
  readonly #connection: Connection

  constructor(jobs: JobsResource, connection: Connection) {
    this.#jobs = jobs
    this.#connection = connection
  }

  /**
   * Starts a cluster that waits for orders by SSH, as a job whose command never ends:
   *
   * ```ts
   * await using cluster = await client.clusters.start({ coreType: 'granite', coresPerSlot: 2, walltime: 1 })
   * await cluster.put('case', 'work/case')
   * const { exitCode } = await cluster.exec('cd work/case && ./Allrun', { onStdout: (chunk) => … })
   * await cluster.get('work/case/results', 'results')
   * ```
   *
   * It is stopped on every way out of the block, by a signal, and when the process ends. Should the client vanish
   * without a word, it ends itself after `deadAfterMs`. Its host key is the one that the job's log names, read
   * through the API; no other is trusted. Throws a `ClusterError` when it does not start, and stops the job.
   */
  async start(options: ClusterOptions): Promise<Cluster> {
    const { startCluster } = await import('../clusters/start-cluster.ts')
    return startCluster(this.#jobs, this.#connection, options)
  }

  /** Reaches the cluster of a job that runs already. Disposing of it hangs up and leaves the job alone. */
  async attach(
    jobId: string,
    options: CallOptions & {
      credentials: Credentials
      /** Trusted host keys, `SHA256:…`; those in the job's log unless told otherwise. */
      fingerprints?: readonly string[]
    },
  ): Promise<Cluster> {
    const { attachCluster } = await import('../clusters/start-cluster.ts')
    return attachCluster(this.#jobs, this.#connection, jobId, options)
  }
}
