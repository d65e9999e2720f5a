import type { Connection } from '../connection.ts'
import { NotFoundError } from '../errors.ts'
import { LogExits } from '../log-exits.ts'
import { type JobOutcome, judge, stoppedEarly } from '../outcome.ts'
import type { PagedList } from '../pages.ts'
import { hasEndedSilently, type SilentEndQuestions } from '../silent-end.ts'
import { isTerminal, newestFirst } from '../status-history.ts'
import type { DownloadAllOptions, DownloadResult } from '../transfer/download-all.ts'
import { isChecksum, type SplitVerdict, splitVerdict } from '../transfer/split-command.ts'
import type { SyncOptions, SyncResult } from '../transfer/sync-job.ts'
import type { Transfers } from '../transfers.ts'
import type {
  CallOptions,
  ClusterStatus,
  ClusterStatusEntry,
  ConnectionDetail,
  Filters,
  Instance,
  Job,
  JobCreate,
  JobListItem,
  JobShare,
  JobShareReceipt,
  JobStatus,
  JobStatusEntry,
  JobUpdate,
  ListOptions,
  RescaleFile,
  StorageAttachment,
} from '../types.ts'
import { type WaitOptions, type WaitResult, waitUntil } from '../waiters.ts'
import { watchCluster, watchJob } from '../watched.ts'
import { createJob } from './create-job.ts'
import { CustomFieldsResource } from './custom-fields.ts'
import { logFiles, type ProcessLog, readLog, scanLogs } from './job-logs.ts'
import { JobTagsResource } from './job-tags.ts'
import type { Preflight } from './preflight.ts'
import { RunsResource } from './runs.ts'
import { ensureStopped, stopJob } from './stop-job.ts'
import { submitJob } from './submit-job.ts'

// Enough to see that a file has changed.
const TAIL_LINES = 20

/** `client.jobs` */
export class JobsResource {
  readonly #connection: Connection
  readonly #transfers: Transfers
  readonly runs: RunsResource
  readonly tags: JobTagsResource
  readonly customFields: CustomFieldsResource

  constructor(connection: Connection, transfers: Transfers) {
    this.#connection = connection
    this.#transfers = transfers
    this.runs = new RunsResource(connection, transfers)
    this.tags = new JobTagsResource(connection)
    this.customFields = new CustomFieldsResource(connection)
  }

  /** The jobs that the key may see, newest first. */
  list(query: Filters<'listJobs'> = {}, options?: ListOptions): PagedList<JobListItem> {
    return this.#connection.list('/api/v2/jobs/', { query }, options)
  }

  /**
   * Saves a job, exactly once even if answers get lost: a marker at the end of the description, such as
   * `[rescale-client:6f1c…]`, is how the client finds it again. Nothing runs, and nothing costs, before `submit`.
   */
  create(job: JobCreate, options: CallOptions = {}): Promise<Job> {
    return createJob(this.#connection, job, options)
  }

  /** What would be wrong with a job, and what it costs at most. Nothing is saved. */
  async preflight(job: JobCreate, options: CallOptions = {}): Promise<Preflight> {
    const { preflight } = await import('./preflight.ts')
    return preflight(this.#connection, job, options)
  }

  /** A job's definition. Where it stands is in `statuses`. */
  get(jobId: string, options: CallOptions = {}): Promise<Job> {
    const params = { path: { jobId } }
    return this.#connection.call(this.#connection.api.GET('/api/v2/jobs/{jobId}/', { params, ...options }))
  }

  /** Changes a saved job. On a completed one Rescale answers 200 and changes nothing. */
  update(jobId: string, changes: JobUpdate, options: CallOptions = {}): Promise<Job> {
    const init = { params: { path: { jobId } }, body: changes, ...options }
    return this.#connection.call(this.#connection.api.PATCH('/api/v2/jobs/{jobId}/', init))
  }

  /** Replaces a saved job's definition. */
  replace(jobId: string, job: JobCreate, options: CallOptions = {}): Promise<Job> {
    const init = { params: { path: { jobId } }, body: job, ...options }
    return this.#connection.call(this.#connection.api.PUT('/api/v2/jobs/{jobId}/', init))
  }

  /** Deletes a job; refused until its cluster is `Stopped` (see `waitForCluster`). */
  delete(jobId: string, options: CallOptions & { deleteInputFiles?: boolean } = {}): Promise<void> {
    const { deleteInputFiles = false, ...rest } = options
    const init = {
      params: { path: { jobId }, ...(deleteInputFiles && { query: { deleteInputFiles } }) },
      // Python's spelling is the only one that is known to work (api-facts 4.6).
      querySerializer: () => (deleteInputFiles ? 'deleteInputFiles=True' : ''),
      ...rest,
    }
    return this.#connection.done(this.#connection.api.DELETE('/api/v2/jobs/{jobId}/', init))
  }

  /**
   * Submits a saved job: from here on it runs and costs. When an answer gets lost, the job's history is read
   * before anything is sent again.
   */
  submit(jobId: string, options: CallOptions = {}): Promise<void> {
    return submitJob(this.#connection, jobId, options)
  }

  /**
   * Stops a job: its command gets SIGTERM, then the work directory is saved. Sent again when an answer is lost and the
   * job's history tells of no stop.
   */
  stop(jobId: string, options: CallOptions = {}): Promise<void> {
    return stopJob(this.#connection, jobId, 'stop', options)
  }

  /**
   * Stops a job, for whoever wants to pay no longer: one that is over, on its way there, or was never submitted is left
   * alone, where `stop` throws what the platform says. Resolves to whether it was stopped.
   */
  ensureStopped(jobId: string, options: CallOptions = {}): Promise<boolean> {
    return ensureStopped(this.#connection, jobId, () => this.hasEnded(jobId, options), options)
  }

  /** Stops a job that `stop` did not stop. */
  forceStop(jobId: string, options: CallOptions = {}): Promise<void> {
    return stopJob(this.#connection, jobId, 'force_stop', options)
  }

  /** The job's status history, newest first. Empty before `submit`. */
  statuses(jobId: string, options?: ListOptions): PagedList<JobStatusEntry> {
    return this.#connection.list('/api/v2/jobs/{jobId}/statuses/', { path: { jobId } }, options)
  }

  /** The status history of the job's cluster, newest first; 404 before there is one. */
  clusterStatuses(jobId: string, options?: ListOptions): PagedList<ClusterStatusEntry> {
    return this.#connection.list('/api/v2/jobs/{jobId}/cluster_statuses/', { path: { jobId } }, options)
  }

  /** The machines of the job's cluster, while it runs: host, port, user and role of each. */
  instances(jobId: string, options?: ListOptions): PagedList<Instance> {
    return this.#connection.list('/api/v2/jobs/{jobId}/instances/', { path: { jobId } }, options)
  }

  async connectionDetails(jobId: string, options: CallOptions = {}): Promise<ConnectionDetail[]> {
    const init = { params: { path: { jobId } }, ...options }
    const { api } = this.#connection
    const answer = await this.#connection.call(api.GET('/api/v2/jobs/{jobId}/connection_details/', init))
    return answer.connectionDetails
  }

  /** The output files of all runs. `search` looks into their names. */
  files(jobId: string, query: Filters<'listJobFiles'> = {}, options?: ListOptions): PagedList<RescaleFile> {
    return this.#connection.list('/api/v2/jobs/{jobId}/files/', { path: { jobId }, query }, options)
  }

  /**
   * Downloads the output files, or those that `match`, to their paths below `folder`. With several runs each has a
   * folder of its own. Files that are there already, and right, are left alone.
   */
  async downloadFiles(jobId: string, options: DownloadAllOptions = {}): Promise<DownloadResult[]> {
    const { downloadAll } = await import('../transfer/download-all.ts')
    const runs = await this.runs.list(jobId, {}, signalOf(options)).toArray()
    const files = this.files(jobId, {}, signalOf(options))
    return downloadAll(await this.#transfers.context(), files, { runFolders: runs.length > 1, ...options })
  }

  /**
   * Keeps a folder like the job's work directory while it runs, and downloads its output files once it has ended.
   */
  async sync(jobId: string, options: SyncOptions = {}): Promise<SyncResult> {
    const { syncJob } = await import('../transfer/sync-job.ts')
    const { call, last } = this.#connection.trace(options)
    const job = {
      ...this.#endOf(jobId, call),
      lastRequest: last,
      runs: () => this.runs.list(jobId, {}, call).toArray(),
      directory: (runId: string) => this.runs.directory(jobId, runId, call),
      tail: (runId: string, path: string) =>
        this.runs.tail(jobId, runId, path, { ...call, lines: TAIL_LINES }),
      outputs: () => this.files(jobId, {}, call),
    }
    return syncJob(await this.#transfers.context(), jobId, job, options)
  }

  /** Gives a saved job a storage device: its runs find it at `~/storage_{id}`. To be called before `submit`. */
  attachStorage(jobId: string, deviceId: string, options: CallOptions = {}): Promise<StorageAttachment> {
    const body = { storageDevice: { id: deviceId } }
    const init = { params: { path: { jobId } }, body, ...options }
    return this.#connection.call(this.#connection.api.POST('/api/v2/jobs/{jobId}/storage-devices/', init))
  }

  /** Shares a job with a person or an account. */
  share(jobId: string, whom: JobShare, options: CallOptions = {}): Promise<JobShareReceipt> {
    const init = { params: { path: { jobId } }, body: whom, ...options }
    return this.#connection.call(this.#connection.api.POST('/api/v2/jobs/{jobId}/share/', init))
  }

  /** Has the job's cost booked on a project. `organizationCode` is the `company.code` of `users.me()`. */
  assignProject(
    jobId: string,
    { organizationCode, projectId }: { readonly organizationCode: string; readonly projectId: string },
    options: CallOptions = {},
  ): Promise<void> {
    const init = { params: { path: { organizationCode, jobId } }, body: { projectId }, ...options }
    return this.#connection.done(
      this.#connection.api.POST(
        '/api/v2/organizations/{organizationCode}/jobs/{jobId}/project-assignment/',
        init,
      ),
    )
  }

  /**
   * `process_output.log`, where all commands of the job wrote to, with all of its lines; undefined while there is none.
   * One of more than 256 MiB is refused: `logFile` and `files.download` give it as it comes.
   */
  async log(jobId: string, options: CallOptions = {}): Promise<ProcessLog | undefined> {
    const file = await this.logFile(jobId, options)
    return file && readLog(this.#connection, file, signalOf(options))
  }

  /** The file `process_output.log` of the job's first run that has one. */
  async logFile(jobId: string, options: CallOptions = {}): Promise<RescaleFile | undefined> {
    for await (const file of logFiles(this.#connection, jobId, 1, options)) return file
    return undefined
  }

  /** Whether the command of a split upload has put the file together again, by what it wrote into the log. */
  async splitVerdict(
    jobId: string,
    split: { readonly sha512: string },
    options: CallOptions = {},
  ): Promise<SplitVerdict> {
    const printed: string[] = []
    await this.#scanLogs(jobId, options, () => (line) => {
      if (isChecksum(line)) printed.push(line)
    })
    return splitVerdict(printed, split)
  }

  /**
   * Waits for one of the statuses of `target`. The history decides, so a status that came and went between
   * two looks counts. Ends as soon as the status cannot come any more. Mind that `Completed` does not mean
   * that the commands worked: see `outcome`.
   */
  waitFor(
    jobId: string,
    target: JobStatus | readonly JobStatus[],
    options: WaitOptions<JobStatusEntry> = {},
  ): Promise<WaitResult<JobStatusEntry>> {
    const { call, last } = this.#connection.trace(options)
    const watched = watchJob([target].flat(), this.#endOf(jobId, call))
    return waitUntil({ ...watched, lastRequest: last }, this.#connection.clock, options)
  }

  /**
   * Waits for a status of the job's cluster, such as `Stopped` before `delete`. A job has no cluster at first,
   * and may end without one.
   */
  waitForCluster(
    jobId: string,
    target: ClusterStatus | readonly ClusterStatus[],
    options: WaitOptions<ClusterStatusEntry> = {},
  ): Promise<WaitResult<ClusterStatusEntry>> {
    const { call, last } = this.#connection.trace(options)
    const watched = watchCluster([target].flat(), this.#endOf(jobId, call))
    return waitUntil({ ...watched, lastRequest: last }, this.#connection.clock, options)
  }

  /**
   * Whether nothing more comes of a job: it has a last status, or was stopped before it was `Validated` and got none.
   * False for one that was not submitted.
   */
  async hasEnded(jobId: string, options: CallOptions = {}): Promise<boolean> {
    const statuses = await this.statuses(jobId, signalOf(options)).toArray()
    return (
      statuses.some(({ status }) => isTerminal(status)) ||
      hasEndedSilently(statuses, this.#endOf(jobId, signalOf(options)))
    )
  }

  /** What became of the job, by its history and the exit codes in its log. */
  async outcome(jobId: string, options: CallOptions = {}): Promise<JobOutcome> {
    const statuses = newestFirst(await this.statuses(jobId, signalOf(options)).toArray())
    if (!statuses.some(({ status }) => isTerminal(status))) {
      const isSilent = await hasEndedSilently(statuses, this.#endOf(jobId, signalOf(options)))
      return isSilent ? stoppedEarly(statuses) : judge(statuses, undefined, 0)
    }
    const logs: LogExits[] = []
    const next = () => {
      const log = new LogExits()
      logs.push(log)
      return (line: string) => log.add(line)
    }
    const [job] = await Promise.all([this.get(jobId, options), this.#scanLogs(jobId, options, next)])
    return judge(
      statuses,
      logs.map((log) => log.end()),
      job.jobanalyses.length,
    )
  }

  #scanLogs(jobId: string, options: CallOptions, next: () => (line: string) => void): Promise<void> {
    const from = { connection: this.#connection, transfers: this.#transfers }
    return scanLogs(from, jobId, signalOf(options), next)
  }

  #endOf(jobId: string, call: CallOptions): SilentEndQuestions {
    return {
      history: () => this.statuses(jobId, call).toArray(),
      cluster: () => this.#clusterHistory(jobId, call),
      isListedAsCompleted: async () => {
        const newest = await this.list({ state: 'completed', page_size: 100 }, call).toArray({
          maxItems: 100,
        })
        return newest.some(({ id }) => id === jobId)
      },
    }
  }

  async #clusterHistory(jobId: string, options: CallOptions): Promise<ClusterStatusEntry[]> {
    try {
      return await this.clusterStatuses(jobId, options).toArray()
    } catch (error) {
      if (error instanceof NotFoundError) return []
      throw error
    }
  }
}

function signalOf({ signal }: { signal?: AbortSignal }): CallOptions {
  return signal ? { signal } : {}
}
