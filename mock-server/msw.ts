/**
 * msw handlers for a local Rescale: one per described operation, and one per control of the mock.
 * @module
 */
import type { HttpHandler } from 'msw'
import { controlRoutes } from '../openapi/generated/control-routes.ts'
import { routes } from '../openapi/generated/routes.ts'
import type { Rescale } from './rescale.ts'
import { mswHandlers } from './transports/msw.ts'

export interface RescaleHandlersOptions {
  /** Where the code under test believes the platform to be. Default `https://platform.rescale.com`. */
  readonly origin?: string
}

/** What is not described gets no handler, so that msw reports it. */
export const rescaleHandlers = (
  rescale: Pick<Rescale, 'exchange'>,
  options: RescaleHandlersOptions = {},
): HttpHandler[] => mswHandlers(rescale.exchange, { ...options, routes: [...routes, ...controlRoutes] })
