import type { Exchange } from '../exchange/http.ts'
import { exchangeFetch, type FetchOptions } from './fetch-exchange.ts'
import { fetchFailed } from './fetch-failures.ts'

/** As many as Fetch follows. */
const maximumRedirects = 20

/** A `fetch` that never leaves the process. Follows redirects within the request's origin. */
export function fetchFromExchange(
  exchange: Exchange,
  options: Omit<FetchOptions, 'signal'> = {},
): typeof fetch {
  return async (input, init) => {
    let request = new Request(input, withDuplex(init))
    const withSignal = { ...options, signal: init?.signal ?? request.signal }
    for (let redirects = 0; ; redirects += 1) {
      const response = await exchangeFetch(exchange, request, withSignal)
      const location = redirectOf(request, response)
      if (location === null) return described(response, request.url, redirects > 0)
      if (redirects === maximumRedirects) throw fetchFailed('redirect count exceeded')
      request = redirected(request, response.status, new URL(location, request.url))
    }
  }
}

/** Fetch insists on being told that a streamed body is not answered before it ends. */
const withDuplex = (init: RequestInit | undefined): RequestInit | undefined =>
  init?.body ? ({ duplex: 'half', ...init } as RequestInit) : init

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Where to go next; null when the response is the one to hand out. */
function redirectOf(request: Request, response: Response): string | null {
  const location = redirectStatuses.has(response.status) ? response.headers.get('location') : null
  if (location === null || request.redirect === 'manual') return null
  if (request.redirect === 'error') throw fetchFailed('unexpected redirect')
  return location
}

/** The next request by the Fetch standard's rules; what they would send elsewhere, or send twice, fails. */
function redirected(request: Request, status: number, url: URL): Request {
  if (url.origin !== new URL(request.url).origin) throw fetchFailed('a redirect would leave the mock')
  const becomesGet = status === 303 ? !isReading(request) : status <= 302 && request.method === 'POST'
  if (!becomesGet && request.body !== null) throw fetchFailed('a body cannot be sent twice')
  const { signal, redirect } = request
  const headers = new Headers(request.headers)
  if (becomesGet) for (const name of bodyHeaders) headers.delete(name)
  return new Request(url, { method: becomesGet ? 'GET' : request.method, headers, signal, redirect })
}

const isReading = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD'

const bodyHeaders = [
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
  'content-length',
]

/** A Response that was made rather than fetched does not know where it came from. */
const described = (response: Response, url: string, redirected: boolean): Response =>
  Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } })
