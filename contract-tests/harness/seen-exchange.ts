import type { OperationId } from '../../openapi/generated/routes.ts'
import type { Json } from './json.ts'
import type { HeaderPairs } from './transport.ts'

/** One request and what came of it, as plain values: what checks, recordings and reports work on. */
export interface SeenExchange {
  /** From 1 on, in the order in which the scenario sent its requests. */
  readonly seq: number
  /** The scenario's id. */
  readonly scenario: string
  /** Whether the scenario itself spoke, or something that made its preconditions or cleaned up. */
  readonly phase: ExchangePhase
  /** Whose key was sent: several keys of one scenario are told apart by name, so that no check needs to see one. */
  readonly caller: Caller
  /** Null where the description knows no such path and method. */
  readonly operationId: OperationId | null
  readonly request: SeenRequest
  readonly response: SeenResponse | SeenFailure
  /** ISO 8601, of the wall clock. */
  readonly startedAt: string
  readonly durationMs: number
}

export type ExchangePhase = 'setup' | 'scenario' | 'cleanup'

/** `owner`: the scenario's own key; `other`: a second one; `nobody`: none; `invalid`: anything else. */
export type Caller = 'owner' | 'other' | 'nobody' | 'invalid'

export interface SeenRequest {
  readonly method: string
  /** Absolute, query as sent. */
  readonly url: string
  /** As sent, secrets included: nothing of this may be written before it was redacted. */
  readonly headers: HeaderPairs
  readonly body: SeenBody
}

export interface SeenResponse {
  readonly status: number
  readonly headers: HeaderPairs
  readonly body: SeenBody
}

/** No answer, or one that broke off. */
export interface SeenFailure {
  readonly failure: string
  /** Where the head of the answer had come. */
  readonly status?: number
}

export type SeenBody =
  | { readonly kind: 'none' }
  | SeenJson
  | { readonly kind: 'text'; readonly text: string; readonly size: number; readonly sha256: string }
  | SeenBytes

export interface SeenJson {
  readonly kind: 'json'
  readonly value: Json
  readonly size: number
  readonly sha256: string
  /** Pointers of keys that stood twice in an object, where there were any. A recording does not keep them. */
  readonly duplicateKeys?: readonly string[]
}

/** Neither JSON nor text, or longer than the observer keeps, or not read to its end. */
export interface SeenBytes {
  readonly kind: 'bytes'
  readonly size: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
  readonly sha512: string
  /** Only where the observer kept them all. */
  readonly bytes?: Uint8Array
  /** The body was given up by the one who read it: size and hashes are of what had come. */
  readonly incomplete?: true
}

export function hasAnswer(
  exchange: SeenExchange,
): exchange is SeenExchange & { readonly response: SeenResponse } {
  return !('failure' in exchange.response)
}
