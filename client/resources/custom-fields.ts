import type { Connection } from '../connection.ts'
import type { CallOptions, CustomFields, CustomFieldValues } from '../types.ts'

/** `client.jobs.customFields`: what a company notes about its jobs. */
export class CustomFieldsResource {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** By name, each with its `value`: a text, a number, a flag, a list of texts, or null. */
  get(jobId: string, options: CallOptions = {}): Promise<CustomFields> {
    const init = { params: { path: { jobId } }, ...options }
    return this.#connection.call(this.#connection.api.GET('/api/v2/jobs/{jobId}/custom-fields/', init))
  }

  /** Sets the fields that are named; the others stay. */
  set(jobId: string, values: CustomFieldValues, options: CallOptions = {}): Promise<void> {
    const init = { params: { path: { jobId } }, body: values, ...options }
    return this.#connection.done(this.#connection.api.POST('/api/v2/jobs/{jobId}/custom-fields/', init))
  }
}
