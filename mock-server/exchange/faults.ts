import type { OperationId } from '../../openapi/generated/routes.ts'
import type { ExchangeAnswer, ExchangeRequest } from './http.ts'
import type { ParameterValues } from './read-query.ts'

/** A call that may be met by a fault. */
export interface FaultedCall {
  readonly operationId: OperationId
  readonly path: ParameterValues
  readonly query: ParameterValues
  readonly request: ExchangeRequest
}

/** What may be different when a call is carried out. */
export interface CallChanges {
  readonly request?: ExchangeRequest
  /** Another page of the same list. */
  readonly page?: number
}

/** Carries the call out; refusals are answers too. */
export type CarryOut = (changes?: CallChanges) => ExchangeAnswer | Promise<ExchangeAnswer>

/** A fault that has met a call. */
export interface Strike {
  around(carryOut: CarryOut): Promise<ExchangeAnswer>
}

export interface FaultGate {
  /** Whether anything may go wrong with it; to be asked first, since nearly always nothing may. */
  mayStrike(request: ExchangeRequest): boolean
  /** Null where nothing is to go wrong. */
  strike(call: FaultedCall): Strike | null
}
