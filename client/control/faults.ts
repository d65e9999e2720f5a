import type { operations } from '../../openapi/generated/control-schema.d.ts'
import { type ControlApi, type ControlSchemas, dataOf, done } from './connection.ts'

export type PlannedFault = ControlSchemas['PlannedFault']
export type FaultPlan = ControlSchemas['FaultPlan']
type NewPlan = operations['planFaults']['requestBody']['content']['application/json']
export type FaultPlanOptions = Omit<NewPlan, 'faults'>

/** The header by which a request asks for a plan by name, or brings a fault of its own as JSON. */
export const PLAN_HEADER = 'X-Mock-Plan'

/** What is to go wrong with one's requests. */
export class FaultsControl {
  readonly #api: ControlApi

  constructor(api: ControlApi) {
    this.#api = api
  }

  /** Each request meets at most one fault, or several together: the first that is meant for it and is left. */
  plan(faults: readonly PlannedFault[], options: FaultPlanOptions = {}): Promise<FaultPlan> {
    return dataOf(this.#api.POST('/_mock/faults/', { body: { ...options, faults: [...faults] } }))
  }

  /** All plans, with what was consumed of them. */
  list(): Promise<FaultPlan[]> {
    return dataOf(this.#api.GET('/_mock/faults/'))
  }

  read(planName: string): Promise<FaultPlan> {
    return dataOf(this.#api.GET('/_mock/faults/{planName}/', { params: { path: { planName } } }))
  }

  remove(planName: string): Promise<void> {
    return done(this.#api.DELETE('/_mock/faults/{planName}/', { params: { path: { planName } } }))
  }

  clear(): Promise<void> {
    return done(this.#api.DELETE('/_mock/faults/'))
  }

  /** For the end of a test. Rejects and names the faults that were planned and not met, those of chance left out. */
  async assertConsumed(): Promise<void> {
    const leftovers = (await this.list()).flatMap(({ name, faults }) =>
      faults
        .filter(({ left }) => left !== null && left > 0)
        .map(({ fault, left }) => `${kindsOf(fault)} for ${fault.operation} (${name}, ${left} left)`),
    )
    if (leftovers.length > 0) throw new Error(`planned faults were not met: ${leftovers.join('; ')}`)
  }
}

const kindsOf = (fault: PlannedFault): string =>
  fault.kind === 'together' ? fault.faults.map(({ kind }) => kind).join(' + ') : fault.kind
