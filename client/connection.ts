import createApi, { type Client as ApiClient, createFinalURL, createQuerySerializer } from 'openapi-fetch'
import type { Clock } from './clock.ts'
import { NotFoundError, UnexpectedAnswerError } from './errors.ts'
import { httpError, pathOf } from './http-errors.ts'
import { pinned } from './origin.ts'
import { isPage, type Page, PagedList } from './pages.ts'
import { filledPath } from './paths.ts'
import type { Pipeline } from './pipeline.ts'
import { type Trace, type TracedCall, traceOf } from './requests/traced.ts'
import type { CallOptions, ItemOf, ListOptions, PagedPath, paths } from './types.ts'

/** What the resources are built on: typed calls, lists, and the clock. */
export interface Connection {
  readonly baseUrl: string
  readonly clock: Clock
  /** A short text that no two calls get. */
  readonly newToken: () => string
  readonly api: ApiClient<paths>
  /** The data of an answer with a body; throws the error of any other. */
  call<T>(answer: Promise<ApiAnswer<T>>): Promise<T>
  /** For operations that answer without a body. */
  done(answer: Promise<ApiAnswer<unknown>>): Promise<void>
  list<P extends PagedPath>(path: P, params: ListParams, options?: ListOptions): PagedList<ItemOf<P>>
  /** A list by its path and query as they are. */
  listAt(path: string, options?: ListOptions): PagedList<unknown>
  /** Remembers which of the requests that are made with its `call` was sent last. */
  trace(options: CallOptions): Trace
  /** A request by its path, whatever it is. */
  request(method: string, path: string, options?: RawRequestOptions): Promise<Response>
}

/** What a request consists of besides method and path. */
export interface RawRequestOptions extends CallOptions {
  readonly query?: readonly (readonly [name: string, value: string])[] | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Sent as it is; as JSON unless the headers say otherwise. */
  readonly body?: string | undefined
  /** Whether an error status is thrown; it is unless told otherwise. */
  readonly check?: boolean
}

/** What openapi-fetch gives for an answer. */
export interface ApiAnswer<T> {
  data?: T | undefined
  error?: unknown
  response: Response
}

// The first DELETE was carried out and its answer lost; the second finds nothing to delete.
function isDeletedAlready(error: unknown): boolean {
  if (!(error instanceof NotFoundError) || error.method !== 'DELETE') return false
  return error.attempts.slice(0, -1).some(({ status = 500 }) => status >= 500)
}

interface ListParams {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>> | undefined
}

const serializeQuery = /* @__PURE__ */ createQuerySerializer()

export function createConnection(
  baseUrl: string,
  pipeline: Pipeline,
  clock: Clock,
  newToken: () => string,
): Connection {
  const settle = async <T>(answer: Promise<ApiAnswer<T>>): Promise<ApiAnswer<T>> => {
    const settled = await answer
    if (settled.response.ok) return settled
    throw errorOf(settled.response, pipeline, clock)
  }
  return {
    baseUrl,
    clock,
    newToken,
    api: createApi<paths>({
      baseUrl,
      fetch: (request) => pipeline.send(request),
      pathSerializer: filledPath,
    }),
    async call(answer) {
      const { data, response } = await settle(answer)
      if (data !== undefined) return data
      const { request } = pipeline.recordOf(response)
      throw new UnexpectedAnswerError(`${request.method} ${pathOf(request.url)} answered without a body`, {
        request,
      })
    },
    async done(answer) {
      await settle(answer).catch((error) => {
        if (!isDeletedAlready(error)) throw error
      })
    },
    list: (path, params, options = {}) =>
      listOf(baseUrl, pipeline, clock, () => pagedUrl(baseUrl, path, params), options),
    listAt: (path, options = {}) => listOf(baseUrl, pipeline, clock, () => baseUrl + path, options),
    trace: (options) => traceOf(options, pipeline.send),
    async request(method, path, { query, headers = {}, body, check = true, signal } = {}) {
      const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
      const type = body !== undefined && !hasType ? { 'Content-Type': 'application/json' } : {}
      const response = await pipeline.send(
        new Request(baseUrl + withQuery(path, query), {
          method,
          headers: { ...type, ...headers },
          body: body ?? null,
          signal: signal ?? null,
          redirect: 'manual',
        }),
      )
      if (check && !response.ok) throw errorOf(response, pipeline, clock)
      return response
    },
  }
}

/** The path with parameters added to its query. */
export function withQuery(path: string, query: RawRequestOptions['query'] = []): string {
  if (query.length === 0) return path
  const added = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]))
  return `${path}${path.includes('?') ? '&' : '?'}${added}`
}

function pagedUrl(baseUrl: string, path: string, params: ListParams): string {
  return createFinalURL(path, {
    baseUrl,
    params: { path: { ...params.path }, query: { ...params.query } },
    querySerializer: serializeQuery,
    pathSerializer: filledPath,
  })
}

function listOf<T>(
  baseUrl: string,
  pipeline: Pipeline,
  clock: Clock,
  firstUrl: () => string,
  options: ListOptions,
): PagedList<T> {
  const { call, last } = traceOf(options, pipeline.send)
  return new PagedList<T>({
    // An id that cannot be one rejects where the list is read, as a call does, instead of throwing here.
    get first() {
      return firstUrl()
    },
    get firstItem() {
      return withOneItem(firstUrl())
    },
    maxPages: options.maxPages,
    resolve: (next) => {
      const first = firstUrl()
      const request = last() ?? { method: 'GET', url: first, requestId: '' }
      return withFilters(pinned(next, first, baseUrl, request), first)
    },
    lastRequest: last,
    fetch: (url, ahead) => fetchPage<T>(url, pipeline, clock, { ...call, ...both(call, ahead) }),
  })
}

/** Unless the caller has asked for another size. */
function withOneItem(first: string): string {
  const url = new URL(first)
  if (!url.searchParams.has('page_size')) url.searchParams.set('page_size', '1')
  return url.href
}

/** The call's own signal, and another one besides. */
function both({ signal }: CallOptions, other: AbortSignal | undefined): CallOptions {
  const either = signal && other ? AbortSignal.any([signal, other]) : (signal ?? other)
  return either ? { signal: either } : {}
}

async function fetchPage<T>(
  url: string,
  pipeline: Pipeline,
  clock: Clock,
  { signal, told }: TracedCall,
): Promise<Page<T>> {
  const asked = new Request(url, { signal: signal ?? null, redirect: 'manual' })
  const response = await pipeline.send(asked, told)
  if (!response.ok) throw errorOf(response, pipeline, clock)
  const body: unknown = await response.json()
  const { request } = pipeline.recordOf(response)
  if (!isPage(body)) {
    throw new UnexpectedAnswerError(`GET ${pathOf(url)} answered something that is no page of a list`, {
      request,
    })
  }
  return { ...body, next: body.next ?? null } as Page<T>
}

// Some lists drop filters from their `next` (api-facts 1.6: clients append them again), so what is missing
// is put back.
function withFilters(next: string, first: string): string {
  const url = new URL(next)
  for (const [name, value] of new URL(first).searchParams) {
    if (!url.searchParams.has(name)) url.searchParams.append(name, value)
  }
  return url.href
}

function errorOf(response: Response, pipeline: Pipeline, clock: Clock): Error {
  const { request, text } = pipeline.recordOf(response)
  const headers = Object.fromEntries(response.headers)
  return httpError({ status: response.status, headers, text: text() }, request, clock.now())
}
