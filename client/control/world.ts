import type { operations } from '../../openapi/generated/control-schema.d.ts'
import { type ControlApi, type ControlSchemas, dataOf, done } from './connection.ts'

export type Ending = ControlSchemas['Ending']
export type SshKey = ControlSchemas['SshKey']
export type JobOutcome = operations['setJobOutcome']['responses'][200]['content']['application/json']

/** How jobs of one's world end. */
export class EndingsControl {
  readonly #api: ControlApi

  constructor(api: ControlApi) {
    this.#api = api
  }

  /** All that there are. */
  list(): Promise<Ending[]> {
    return dataOf(this.#api.GET('/_mock/endings/'))
  }

  /** Lets a job end so: a name from the list, or `out-of-memory after 5m`. */
  ask(jobId: string, ending: string): Promise<JobOutcome> {
    const params = { path: { jobId } }
    return dataOf(this.#api.POST('/_mock/jobs/{jobId}/outcome/', { params, body: { ending } }))
  }
}

/** Public keys that open one's clusters. */
export class SshKeysControl {
  readonly #api: ControlApi

  constructor(api: ControlApi) {
    this.#api = api
  }

  list(): Promise<SshKey[]> {
    return dataOf(this.#api.GET('/_mock/ssh-keys/'))
  }

  /** Takes a line of a `.pub` file. */
  add(publicKey: string): Promise<SshKey> {
    return dataOf(this.#api.POST('/_mock/ssh-keys/', { body: { publicKey } }))
  }

  remove(keyId: string): Promise<void> {
    return done(this.#api.DELETE('/_mock/ssh-keys/{keyId}/', { params: { path: { keyId } } }))
  }
}
