import type { Connection } from '../connection.ts'
import { ArgumentError, NotFoundError, RescaleError } from '../errors.ts'
import { once } from '../requests/once.ts'
import type { CallOptions, Job, JobCreate } from '../types.ts'

// A lost job is among the newest, unless the user creates hundreds in the seconds it takes to look.
const PAGE_SIZE = 100
const NEWEST = 300

/**
 * Creates a job exactly once. The API has no idempotency keys, so the client puts a marker of its own into the
 * description, and looks for it among the newest jobs when an answer is lost.
 */
export async function createJob(
  connection: Connection,
  job: JobCreate,
  options: CallOptions = {},
): Promise<Job> {
  checkArgument(job)
  const marker = `[rescale-client:${connection.newToken()}]`
  const body = { ...job, description: job.description ? `${job.description}\n\n${marker}` : marker }
  const search = new MarkerSearch(connection, job.name, marker, options)
  const { value, sendings } = await once<Job>({
    send: () => connection.call(connection.api.POST('/api/v2/jobs/', { body, ...options })),
    find: () => search.find(),
    clock: connection.clock,
    signal: options.signal,
    marker,
  })
  if (sendings > 1) await deleteOthers(connection, search, value, options)
  return value
}

// What lists have is looked for when an answer is lost; whatever else is wrong, the platform says.
function checkArgument(job: Partial<JobCreate> | undefined): void {
  const { name, description = '' } = typeof job === 'object' && job !== null ? job : {}
  if (typeof name !== 'string')
    throw new ArgumentError('A job needs a name', {
      hint: 'Pass { name, jobanalyses: [...] }; nothing was sent.',
    })
  if (description !== null && typeof description !== 'string')
    throw new ArgumentError('The description of a job is text')
}

/** Looks for jobs with a marker. The list has no descriptions, so jobs of the same name are read. */
class MarkerSearch {
  readonly #connection: Connection
  readonly #name: string
  readonly #marker: string
  readonly #options: CallOptions
  readonly #ruledOut = new Set<string>()

  constructor(connection: Connection, name: string, marker: string, options: CallOptions) {
    this.#connection = connection
    // Django trims names.
    this.#name = name.trim()
    this.#marker = marker
    this.#options = options
  }

  async find(except?: string): Promise<Job | undefined> {
    const query = { page_size: PAGE_SIZE }
    const newest = this.#connection.list('/api/v2/jobs/', { query }, this.#options)
    let seen = 0
    for await (const { id, name } of newest) {
      if (name.trim() === this.#name && id !== except && !this.#ruledOut.has(id)) {
        const job = await this.#read(id)
        if (job?.description?.includes(this.#marker)) return job
        this.#ruledOut.add(id)
      }
      if (++seen >= NEWEST) return undefined
    }
    return undefined
  }

  async #read(jobId: string): Promise<Job | undefined> {
    const init = { params: { path: { jobId } }, ...this.#options }
    try {
      return await this.#connection.call(this.#connection.api.GET('/api/v2/jobs/{jobId}/', init))
    } catch (error) {
      if (error instanceof NotFoundError) return undefined
      throw error
    }
  }
}

// What was sent first may have been carried out after all, later than what was sent again. Nobody knows these
// jobs: they are of this call, and not submitted.
async function deleteOthers(
  connection: Connection,
  search: MarkerSearch,
  kept: Job,
  options: CallOptions,
): Promise<void> {
  try {
    for (let other = await search.find(kept.id); other; other = await search.find(kept.id)) {
      const init = { params: { path: { jobId: other.id } }, ...options }
      await connection.done(connection.api.DELETE('/api/v2/jobs/{jobId}/', init))
    }
  } catch (error) {
    // The job is there; one too many that costs nothing is no reason to say it is not.
    if (!(error instanceof RescaleError)) throw error
  }
}
