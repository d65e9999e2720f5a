import type { Connection } from '../connection.ts'
import type { CallOptions, JobTag } from '../types.ts'

/** `client.jobs.tags` */
export class JobTagsResource {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** A job's tags. Not paged. */
  list(jobId: string, options: CallOptions = {}): Promise<JobTag[]> {
    const init = { params: { path: { jobId } }, ...options }
    return this.#connection.call(this.#connection.api.GET('/api/v2/jobs/{jobId}/tags/', init))
  }

  add(jobId: string, name: string, options: CallOptions = {}): Promise<void> {
    const init = { params: { path: { jobId } }, body: { name }, ...options }
    return this.#connection.done(this.#connection.api.POST('/api/v2/jobs/{jobId}/tags/', init))
  }

  remove(jobId: string, name: string, options: CallOptions = {}): Promise<void> {
    const init = { params: { path: { jobId }, query: { name } }, body: { name }, ...options }
    return this.#connection.done(this.#connection.api.DELETE('/api/v2/jobs/{jobId}/tags/', init))
  }
}
