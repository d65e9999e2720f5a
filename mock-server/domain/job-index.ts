import type { JobFilter } from './job.ts'
import { type JobState, type JobStatus, jobStatuses, jobStatusesAfter } from './job-status.ts'
import { type Listing, listingOf } from './listing.ts'
import { SortedSequence } from './sorted-sequence.ts'
import type { StoredJob } from './stored-job.ts'

type JobList = SortedSequence<StoredJob>

/** Jobs by id and, for each filter of the jobs list, newest first: no list is ever sorted, and none searched but by name. */
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

  /** In the order in which they were added. */
  all(): Iterable<StoredJob> {
    return this.#byId.values()
  }

  add(job: StoredJob): void {
    this.#byId.set(job.id, job)
    this.#all.add(job)
    for (const list of this.#listsOf(job)) list?.add(job)
  }

  remove(job: StoredJob): void {
    this.#byId.delete(job.id)
    this.#all.remove(job)
    for (const list of this.#listsOf(job)) list?.remove(job)
  }

  /** Every change of a job's status or end goes through here. */
  relist(job: StoredJob, change: () => void): void {
    const before = this.#listsOf(job)
    change()
    this.#listsOf(job).forEach((list, place) => {
      if (list === before[place]) return
      before[place]?.remove(job)
      list?.add(job)
    })
  }

  /** A search looks at every job that the other filters leave. */
  listing(filter: JobFilter): Listing<StoredJob> {
    const filtered = this.#filtered(filter)
    if (!filter.search) return filtered
    const wanted = filter.search.toLowerCase()
    const jobs = filtered.slice(0, filtered.count)
    return listingOf(jobs.filter(({ name }) => name.toLowerCase().includes(wanted)))
  }

  #filtered({ state, jobStatus, active }: JobFilter): Listing<StoredJob> {
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

  /** By state, by status, by both, and active: always at the same places. */
  #listsOf({ state, status, ended }: StoredJob): readonly (JobList | null)[] {
    if (status === null) return [this.#byState[state], null, null, null]
    const byBoth = isLast(status) ? null : (ended ? this.#endedByStatus : this.#goingByStatus)[status]
    return [this.#byState[state], this.#byStatus[status], byBoth, ended ? null : this.#active]
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
