import type { ApiAnswer, Connection } from '../connection.ts'
import type { PagedList } from '../pages.ts'
import type { Transfers } from '../transfers.ts'
import type {
  CallOptions,
  DirectoryEntry,
  FileTail,
  Filters,
  ListOptions,
  RescaleFile,
  Run,
  Snapshot,
} from '../types.ts'
import { stopRun } from './stop-job.ts'

/** `client.jobs.runs`: a basic job has one run, `"1"`. */
export class RunsResource {
  readonly #connection: Connection
  readonly #transfers: Transfers

  constructor(connection: Connection, transfers: Transfers) {
    this.#connection = connection
    this.#transfers = transfers
  }

  list(jobId: string, query: Filters<'listRuns'> = {}, options?: ListOptions): PagedList<Run> {
    return this.#connection.list('/api/v2/jobs/{jobId}/runs/', { path: { jobId }, query }, options)
  }

  get(jobId: string, runId: string, options: CallOptions = {}): Promise<Run> {
    const init = { params: { path: { jobId, runId } }, ...options }
    return this.#connection.call(this.#connection.api.GET('/api/v2/jobs/{jobId}/runs/{runId}/', init))
  }

  /** The run's output files, once it has completed. */
  files(jobId: string, runId: string, options?: ListOptions): PagedList<RescaleFile> {
    return this.#connection.list(
      '/api/v2/jobs/{jobId}/runs/{runId}/files/',
      { path: { jobId, runId } },
      options,
    )
  }

  /** The files in the run's work directory, while it runs. */
  directory(jobId: string, runId: string, options: CallOptions = {}): Promise<DirectoryEntry[]> {
    const init = { params: { path: { jobId, runId } }, ...options }
    const { api } = this.#connection
    return this.#connection.call(api.GET('/api/v2/jobs/{jobId}/runs/{runId}/directory-contents/', init))
  }

  /** The last lines of a file in the run's work directory, while it runs. */
  tail(
    jobId: string,
    runId: string,
    path: string,
    options: CallOptions & { lines?: number } = {},
  ): Promise<FileTail> {
    const { lines = 100, ...rest } = options
    const init = { params: { path: { jobId, runId, path }, query: { lines } }, ...rest }
    const answer = this.#connection.api.GET('/api/v2/jobs/{jobId}/runs/{runId}/tail/{path}', init)
    // Raw text comes only when no number of lines is asked for.
    return this.#connection.call(answer as Promise<ApiAnswer<FileTail>>)
  }

  /**
   * All bytes of a file in the run's work directory as it is now, while it runs: in order, each piece when `sink` has
   * taken the one before. Asked for once; whoever is cut off begins again.
   */
  async read(
    jobId: string,
    runId: string,
    path: string,
    sink: (chunk: Uint8Array) => void | Promise<void>,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const { readLiveFile } = await import('../transfer/live-file.ts')
    await readLiveFile(await this.#transfers.context(), { jobId, runId, path }, sink, signal)
  }

  /** Stops a run. Sent again when an answer is lost and neither the run nor its job has ended. */
  stop(jobId: string, runId: string, options: CallOptions = {}): Promise<void> {
    return stopRun(this.#connection, jobId, runId, options)
  }

  /** Saves the run's work directory; the archive becomes an output file. */
  snapshot(jobId: string, runId: string, options: CallOptions = {}): Promise<Snapshot> {
    const init = { params: { path: { jobId, runId } }, ...options }
    return this.#connection.call(
      this.#connection.api.POST('/api/v2/jobs/{jobId}/runs/{runId}/snapshot/', init),
    )
  }
}
