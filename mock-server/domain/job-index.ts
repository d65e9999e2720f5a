import type { JobFilter } from './job.ts'
import { type JobState, type JobStatus, jobStatuses, jobStatusesAfter } from './job-status.ts'
import type { Listing } from './listing.ts'
import { SortedSequence } from './sorted-sequence.ts'
import type { StoredJob } from './stored-job.ts'

type JobList = SortedSequence<StoredJob>

/** Jobs by id and, for each filter of the jobs list, newest first: no list is ever searched or sorted. */
export class JobIndex {
  readonly #byId = new Map<string, StoredJob>()
  readonly #all: JobList = new SortedSequence()
  readonly #active: JobList = new SortedSequence()
  readonly #byState: Readonly<Record<JobState, JobList>> = {
    completed: new SortedSequence(),
    not_completed: new SortedSequence(),
  }
  readonly #byStatus: Readonly<Record<JobStatus, JobList>>
  /** A stop that leaves no row ends a job in whatever status it has. */
  readonly #goingByStatus: Readonly<Record<JobStatus, JobList>>
  readonly #endedByStatus: Readonly<Record<JobStatus, JobList>>

  constructor() {
    this.#byStatus = listPerStatus()
    this.#goingByStatus = listPerStatus()
    this.#endedByStatus = listPerStatus()
  }

  get(jobId: string): StoredJob | undefined {
    return this.#byId.get(jobId)
  }

  add(job: StoredJob): void {
    this.#byId.set(job.id, job)
    for (const list of this.#listsOf(job)) list.add(job)
  }

  remove(job: StoredJob): void {
    this.#byId.delete(job.id)
    for (const list of this.#listsOf(job)) list.remove(job)
  }

  /** Every change of a job's status or end goes through here. */
  relist(job: StoredJob, change: () => void): void {
    const before = this.#listsOf(job)
    change()
    const after = this.#listsOf(job)
    for (const list of before) if (!after.includes(list)) list.remove(job)
    for (const list of after) if (!before.includes(list)) list.add(job)
  }

  listing({ state, jobStatus, active }: JobFilter): Listing<StoredJob> {
    if (active && state === 'completed') return nothing
    if (jobStatus) return this.#statusListing(jobStatus, active ? 'not_completed' : state)
    if (active) return this.#active
    return state ? this.#byState[state] : this.#all
  }

  #statusListing(status: JobStatus, state: JobState | undefined): Listing<StoredJob> {
    if (!state) return this.#byStatus[status]
    if (isLast(status)) return state === 'completed' ? this.#byStatus[status] : nothing
    return (state === 'completed' ? this.#endedByStatus : this.#goingByStatus)[status]
  }

  #listsOf(job: StoredJob): JobList[] {
    const lists = [this.#all, this.#byState[job.state]]
    if (job.status === null) return lists
    lists.push(this.#byStatus[job.status])
    if (!isLast(job.status)) lists.push((job.ended ? this.#endedByStatus : this.#goingByStatus)[job.status])
    if (!job.ended) lists.push(this.#active)
    return lists
  }
}

/** Jobs in such a status have ended, so that one list does for both filters. */
const isLast = (status: JobStatus): boolean => jobStatusesAfter[status].length === 0

const listPerStatus = (): Record<JobStatus, JobList> => {
  const lists: Partial<Record<JobStatus, JobList>> = {}
  for (const status of jobStatuses) lists[status] = new SortedSequence()
  return lists as Record<JobStatus, JobList>
}

const nothing: Listing<StoredJob> = { count: 0, slice: () => [] }
