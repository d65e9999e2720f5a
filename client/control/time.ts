import type { operations } from '../../openapi/generated/control-schema.d.ts'
import { type ControlApi, dataOf } from './connection.ts'

type Advance = operations['advanceTime']['requestBody']['content']['application/json']
export type Time = operations['readTime']['responses'][200]['content']['application/json']
/** `next`, `settled`, or a job or the cluster of a job with a status. */
export type TimeGoal = NonNullable<Advance['until']>

/** How long commands may take that really run, in real time. */
type Patience = Pick<Advance, 'patience'>

type WaitQuery = NonNullable<operations['waitFor']['parameters']['query']>
/** A status of a job or of its cluster, a number of requests of an operation, or that nothing is due any more. */
export type WaitGoal =
  | { readonly job: string; readonly status: string }
  | { readonly cluster: string; readonly status: string }
  | { readonly request: string; readonly count?: number }
  | 'settled'
export interface WaitOptions extends Pick<WaitQuery, 'timeout' | 'clock'> {
  readonly signal?: AbortSignal
}
/** `out of reach`: it will never be so. */
export type WaitOutcome = operations['waitFor']['responses'][200]['content']['application/json']['outcome']

/** The clock of one's world. */
export class TimeControl {
  readonly #api: ControlApi

  constructor(api: ControlApi) {
    this.#api = api
  }

  /** What the clock says, its pace, and what is due. */
  read(): Promise<Time> {
    return dataOf(this.#api.GET('/_mock/time/'))
  }

  /** `real`, `60x`, `settled`, `still`, `per-request:30s`. */
  setPace(pace: string): Promise<Time> {
    return dataOf(this.#api.PUT('/_mock/time/', { body: { pace } }))
  }

  /** Stops the clock: from now on it moves only when told to. */
  freeze(): Promise<Time> {
    return this.setPace('still')
  }

  /**
   * Moves the clock by a duration such as `90s`, `5m`, `1.5h`, and lets happen what is due until then. Commands that
   * really run have `5s` each to end on the way, unless told otherwise.
   */
  advance(by: string, options: Patience = {}): Promise<Time> {
    return dataOf(this.#api.POST('/_mock/time/advance/', { body: { ...options, by } }))
  }

  /** Moves the clock until something; `reached` is false when waiting cannot reach it. Commands that really run have `5m`. */
  async advanceUntil(until: TimeGoal, options: Patience = {}): Promise<Time & { readonly reached: boolean }> {
    const time = await dataOf(this.#api.POST('/_mock/time/advance/', { body: { ...options, until } }))
    return { ...time, reached: time.reached ?? false }
  }

  /**
   * Waits until something is so: with the clock `real` (default) as time goes by itself, with `virtual` by moving it
   * (but for requests, which do not come by that). Waits for `30s` of that clock unless told otherwise.
   */
  async wait(goal: WaitGoal, { signal, ...options }: WaitOptions = {}): Promise<WaitOutcome> {
    const query: WaitQuery = { ...(goal === 'settled' ? { settled: true } : goal), ...options }
    const reply = await this.#api.GET('/_mock/wait/', { params: { query }, signal: signal ?? null })
    return isOutcome(reply.error) ? reply.error.outcome : (await dataOf(Promise.resolve(reply))).outcome
  }

  /** Until nothing is due. */
  settle(): Promise<Time> {
    return this.advanceUntil('settled')
  }
}

type Outcome = operations['waitFor']['responses'][200]['content']['application/json']

const isOutcome = (error: unknown): error is Outcome =>
  typeof error === 'object' && error !== null && 'outcome' in error
