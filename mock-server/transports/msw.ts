import { HttpHandler, HttpResponse } from 'msw'
import type { Exchange } from '../exchange/http.ts'
import { exchangeFetch, type FetchOptions } from './fetch-exchange.ts'

/** Where clients believe the platform to be. */
export const platformOrigin = 'https://platform.rescale.com'

export interface MswRoute {
  /** In upper case; `GET` stands for HEAD too. */
  readonly method: string
  /** As described, e.g. `/api/v2/jobs/{jobId}/`. A `{path}` at its end takes slashes too. */
  readonly path: string
}

export interface MswHandlersOptions extends Omit<FetchOptions, 'signal'> {
  readonly origin?: string
  readonly routes: readonly MswRoute[]
}

/**
 * One msw handler per described operation, so that msw reports what is not described. Which operation a
 * request is gets decided by the exchange alone; the handlers only tell what concerns it.
 */
export function mswHandlers(exchange: Exchange, options: MswHandlersOptions): HttpHandler[] {
  const { origin = platformOrigin, routes, ...rest } = options
  return routes.map(
    ({ method, path }) =>
      new HttpHandler(methodsOf(method), urlPattern(origin, path), ({ request }) =>
        // It rejects only with what the client did itself, and so already knows.
        exchangeFetch(exchange, request, rest).catch(() => HttpResponse.error()),
      ),
  )
}

/** What can be got can be asked about too. */
const methodsOf = (method: string): string | RegExp => (method === 'GET' ? /^(GET|HEAD)$/ : method)

/** With and without the slash at the end: what becomes of a request without it is the exchange's to say. */
function urlPattern(origin: string, path: string): RegExp {
  const stem = path.replace(/\/(\{path\}\/?)?$/, '')
  const end = path.endsWith('{path}') || path.endsWith('{path}/') ? '/.*' : '/?'
  const pieces = stem.split(/\{\w+\}/).map(literal)
  return new RegExp(`^${literal(origin)}${pieces.join('[^/]+')}${end}$`)
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
