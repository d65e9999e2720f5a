import type { CallOptions } from '../types.ts'
import type { RequestContext } from './attempt.ts'

/** Is told of a request as it is sent. */
export type Told = (request: RequestContext) => void

/** Sends a request; the pipeline's. */
export type Send = (request: Request, told?: Told) => Promise<Response>

/** Options of a call whose requests somebody is told of. openapi-fetch takes `fetch` with any call. */
export interface TracedCall extends CallOptions {
  readonly told?: Told
  readonly fetch?: (request: Request) => Promise<Response>
}

/** Several requests of one purpose, such as the looks of a waiter. */
export interface Trace {
  /** What the requests are made with. */
  readonly call: TracedCall
  /** The one that was sent last; undefined as long as none was. */
  last(): RequestContext | undefined
}

/** A trace of what is sent with `call`; where that is of a trace itself, both are told. */
export function traceOf({ signal, told: outer }: TracedCall, send: Send): Trace {
  let last: RequestContext | undefined
  const told: Told = (request) => {
    last = request
    outer?.(request)
  }
  const fetch = (request: Request) => send(request, told)
  return { call: { told, fetch, ...(signal && { signal }) }, last: () => last }
}
