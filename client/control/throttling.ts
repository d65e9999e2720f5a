import type { operations } from '../../openapi/generated/control-schema.d.ts'
import { type ControlApi, type ControlSchemas, dataOf } from './connection.ts'

export type Throttling = ControlSchemas['Throttling']
type Changes = operations['setThrottling']['requestBody']['content']['application/json']

/** The platform's limits of requests. */
export class ThrottlingControl {
  readonly #api: ControlApi

  constructor(api: ControlApi) {
    this.#api = api
  }

  /** What each scope has used, and what was or would have been refused. */
  read(): Promise<Throttling> {
    return dataOf(this.#api.GET('/_mock/throttling/'))
  }

  /** From now on requests over a limit are answered 429. Limits are the platform's unless given, in requests per hour. */
  turnOn(limits: NonNullable<Changes['limits']> = {}): Promise<Throttling> {
    return dataOf(this.#api.PUT('/_mock/throttling/', { body: { isOn: true, limits } }))
  }

  /** From now on nothing is refused, and what would have been is counted. */
  turnOff(limits: NonNullable<Changes['limits']> = {}): Promise<Throttling> {
    return dataOf(this.#api.PUT('/_mock/throttling/', { body: { isOn: false, limits } }))
  }
}
