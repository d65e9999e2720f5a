import type { CaseTable } from './case-table.ts'
import type { Cluster } from './cluster.ts'
import { type ClusterStatus, clusterStatuses } from './cluster-status.ts'
import type { File } from './file.ts'
import type { Ids } from './ids.ts'
import { type Instant, second } from './instant.ts'
import type { CustomFields, Job, JobDefinition, Tag } from './job.ts'
import { type JobState, type JobStatus, jobStatuses } from './job-status.ts'
import type { SavedJob } from './saved/saved-job.ts'
import type { Sequenced } from './sorted-sequence.ts'
import type { StatusEntry } from './status-entry.ts'
import { noRow, type StatusLog } from './status-log.ts'
import { StoredRun } from './stored-run.ts'

/** What a job takes from its platform when it is read, so that it need not keep it. */
export interface JobHome {
  readonly ids: Ids
  readonly statusLog: StatusLog
  linkedFile(fileId: string): File
}

const noFields: CustomFields = new Map()

/** Rows of histories are numbered by job, machine and position; so many positions are set aside. */
const positionsPerMachine = 64

/**
 * A job with its cluster as the platform keeps it. There may be a million: histories lie in the status log, the cluster has
 * no object of its own, and what follows from something else is made on reading. Only the lifecycles and the platform change it.
 */
export class StoredJob implements Job, Sequenced {
  readonly id: string
  readonly sequence: number
  name: string
  readonly dateInserted: Instant
  definition: JobDefinition
  status: JobStatus | null = null
  /** Nothing will happen to the job any more. Also true after a stop that left no row. */
  ended = false
  lastRow = noRow
  clusterStatus: ClusterStatus | null = null
  lastClusterRow = noRow
  /** Number of the first instance's id; the others follow. */
  firstInstance = 0
  /** Of a design of experiments, once it is submitted: a run for each. Null for basic jobs. */
  cases: CaseTable | null = null
  /** Nearly all jobs have one, so that one is kept without a list. */
  #runs: StoredRun | readonly StoredRun[] | null = null
  tagList: readonly Tag[] | null = null
  shares: readonly string[] | null = null
  fields: CustomFields | null = null
  version = 1
  cachedRow: string | undefined = undefined
  cachedVersion = 0
  /** As it was when the world was saved or made last. */
  saved: SavedJob | undefined = undefined
  readonly #home: JobHome

  constructor(
    home: JobHome,
    job: { sequence: number; name: string; dateInserted: Instant; definition: JobDefinition; id?: string },
  ) {
    this.#home = home
    this.id = job.id ?? home.ids.at('job', job.sequence)
    this.sequence = job.sequence
    this.name = job.name
    this.dateInserted = job.dateInserted
    this.definition = job.definition
  }

  static load(home: JobHome, saved: SavedJob): StoredJob {
    const job = new StoredJob(home, saved)
    job.status = saved.status
    job.ended = saved.ended
    job.lastRow = saved.lastRow
    job.clusterStatus = saved.clusterStatus
    job.lastClusterRow = saved.lastClusterRow
    job.firstInstance = saved.firstInstance
    job.cases = saved.cases
    job.runs = saved.runs.map((run) => StoredRun.load(run, saved.cases))
    job.tagList = saved.tags
    job.shares = saved.sharedWith
    job.fields = saved.customFields && new Map(saved.customFields)
    job.version = saved.version
    job.saved = saved
    return job
  }

  get statuses(): readonly StatusEntry<JobStatus>[] {
    return this.#history(this.lastRow, jobStatuses, 0)
  }

  get cluster(): Cluster | null {
    return this.clusterStatus === null ? null : new ClusterOfJob(this, this.clusterStatus)
  }

  get clusterId(): string {
    return this.#home.ids.at('cluster', this.sequence)
  }

  get clusterHistory(): readonly StatusEntry<ClusterStatus>[] {
    return this.#history(this.lastClusterRow, clusterStatuses, 1)
  }

  get state(): JobState {
    return this.ended ? 'completed' : 'not_completed'
  }

  get runs(): readonly StoredRun[] {
    if (this.#runs === null) return []
    return this.#runs instanceof StoredRun ? [this.#runs] : this.#runs
  }

  set runs(runs: readonly StoredRun[]) {
    this.#runs = runs.length <= 1 ? (runs[0] ?? null) : runs
  }

  /** Runs are numbered from 1. */
  run(runId: string): StoredRun | undefined {
    const run = this.runs[Number(runId) - 1]
    return run?.id === runId ? run : undefined
  }

  get tags(): readonly Tag[] {
    return this.tagList ?? []
  }

  get sharedWith(): readonly string[] {
    return this.shares ?? []
  }

  get customFields(): CustomFields {
    return this.fields ?? noFields
  }

  get storage(): number {
    const inputs = [...filesOf(this.definition)].map((fileId) => this.#home.linkedFile(fileId))
    return sizeOf(inputs) + this.runs.reduce((sum, { outputFiles }) => sum + sizeOf(outputFiles), 0)
  }

  get elapsedWalltimeSeconds(): number | null {
    const executing = this.statuses.find(({ status }) => status === 'Executing')
    const last = this.statuses[0]
    if (!this.ended || !executing || !last) return null
    return Math.round((last.at - executing.at) / second)
  }

  #history<Status>(newest: number, vocabulary: readonly Status[], machine: 0 | 1): StatusEntry<Status>[] {
    const rows = this.#home.statusLog.read(newest)
    const firstNumber = (this.sequence * 2 + machine) * positionsPerMachine
    return rows.flatMap(({ status, at, reason }, index) => {
      const word = vocabulary[status]
      const id = this.#home.ids.at('status', firstNumber + rows.length - 1 - index)
      return word === undefined ? [] : [{ id, status: word, at, reason }]
    })
  }
}

class ClusterOfJob implements Cluster {
  readonly #job: StoredJob
  readonly status: ClusterStatus

  constructor(job: StoredJob, status: ClusterStatus) {
    this.#job = job
    this.status = status
  }

  get id(): string {
    return this.#job.clusterId
  }

  get statuses(): readonly StatusEntry<ClusterStatus>[] {
    return this.#job.clusterHistory
  }
}

/** All files that a definition names, each once. */
export function filesOf(definition: JobDefinition): ReadonlySet<string> {
  const ids = new Set<string>()
  const note = (fileId: string | null): unknown => fileId !== null && ids.add(fileId)
  for (const analysis of definition.jobanalyses) {
    for (const { fileId } of analysis.inputFiles) note(fileId)
    for (const { templateFileId } of analysis.templateTasks) note(templateFileId)
    note(analysis.preProcessScript)
    note(analysis.postProcessScript)
  }
  note(definition.paramFile)
  note(definition.caseFile)
  return ids
}

const sizeOf = (files: Iterable<File>): number => {
  let size = 0
  for (const { bytes } of files) size += bytes.size
  return size
}
