import type { HttpHandler } from 'msw'
import type { Exchange } from '../exchange/http.ts'

export interface MswRoute {
  /** In any case. */
  readonly method: string
  /** As in the description, e.g. `/api/v2/jobs/{jobId}/`. */
  readonly path: string
}

export interface MswHandlersOptions {
  readonly origin?: string
  readonly routes: readonly MswRoute[]
}

/** One msw handler per described operation, so that msw reports what is not described. */
export function mswHandlers(exchange: Exchange, options: MswHandlersOptions): HttpHandler[] {
  throw new Error(`not written yet: ${exchange.name} ${options.origin}`)
}
