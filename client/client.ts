import type { Client as ApiClient } from 'openapi-fetch'
import { type Clock, systemClock } from './clock.ts'
import { createConnection, type RawRequestOptions, withQuery } from './connection.ts'
import { isLoopback } from './origin.ts'
import type { PagedList } from './pages.ts'
import { createPipeline, DEFAULT_RETRIES, type RetryOptions } from './pipeline.ts'
import type { Hooks } from './requests/events.ts'
import type { FetchLike } from './requests/exchange.ts'
import { Limiter } from './requests/limiter.ts'
import { PhaseWatch } from './requests/phases.ts'
import { proxiedFetch, proxyFor } from './requests/proxy.ts'
import { type Limits, PLATFORM_LIMITS, type ScopeState } from './requests/scopes.ts'
import { DEFAULT_TIMEOUTS, type Timeouts } from './requests/timeouts.ts'
import {
  AnalysesResource,
  CoreTypesResource,
  PricesResource,
  ProjectsResource,
  UserResource,
} from './resources/catalogue.ts'
import { ClustersResource } from './resources/clusters.ts'
import { FilesResource } from './resources/files.ts'
import { JobsResource } from './resources/jobs.ts'
import { StorageDevicesResource } from './resources/storage-devices.ts'
import { environment, resolveSettings, type Settings, type SettingsOptions } from './settings.ts'
import { Transfers } from './transfers.ts'
import type { paths } from './types.ts'

export interface ClientOptions extends Omit<SettingsOptions, 'machine'>, Hooks {
  /**
   * What sends requests, instead of `fetch`: a mock in the same process, for instance. Transfers then go
   * through it too, rather than over connections of their own.
   */
  fetch?: FetchLike | undefined
  /** Time for waiters and retries; the machine's own unless told otherwise. */
  clock?: Clock | undefined
  /** Chance for the waits between retries; `Math.random` unless told otherwise. */
  random?: (() => number) | undefined
  timeouts?: Partial<Timeouts> | undefined
  retries?: Partial<RetryOptions> | undefined
  /**
   * Requests per second and at once that the client allows itself, by scope; false for none. Unless told
   * otherwise they are a bit below the platform's limits, and none for this machine or a `fetch` of your own: a
   * mock. Pauses that the server asks for are kept anyway.
   */
  limits?: Partial<Limits> | boolean | undefined
}

/** A client of one platform, with one key. */
export interface RescaleClient extends AsyncDisposable {
  /** Which platform and key are used, and where they were found; the key prints as `***abcd`. */
  readonly settings: Settings
  readonly user: UserResource
  readonly projects: ProjectsResource
  readonly coreTypes: CoreTypesResource
  readonly prices: PricesResource
  readonly analyses: AnalysesResource
  readonly jobs: JobsResource
  readonly files: FilesResource
  readonly storageDevices: StorageDevicesResource
  readonly clusters: ClustersResource
  /** Every operation of the description, as openapi-fetch gives it: `{ data, error, response }`. */
  readonly api: ApiClient<paths>
  /**
   * Any request by its path, such as `/api/v2/jobs/`, with the key, the limits, and retries where they are safe.
   * Throws the error of an error status, unless `check` is false.
   */
  request(method: string, path: string, options?: RawRequestOptions): Promise<Response>
  /** Any list by its path, over all its pages. */
  listOf(path: string, options?: Pick<RawRequestOptions, 'query' | 'signal'>): PagedList<unknown>
  /** What the client knows of the platform's limits just now, scope by scope. */
  rateLimits(): readonly ScopeState[]
  /** Closes the connections of transfers and through proxies. */
  close(): Promise<void>
}

/**
 * Makes a client: `createClient({ profile: 'mock' })`, `createClient({ baseUrl, apiKey })`, or
 * `createClient()` for the environment and the default profile. Sends nothing yet.
 */
export function createClient(options: ClientOptions = {}): RescaleClient {
  const settings = resolveSettings(options)
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  const clock = options.clock ?? systemClock
  const retries = { ...DEFAULT_RETRIES, ...options.retries }
  const limits = limitsFor(settings.baseUrl, options)
  const limiter = new Limiter({ clock, limits, maxRetryAfterMs: retries.maxRetryAfterMs, hooks: options })
  const proxyOf = (url: string) => (options.fetch ? undefined : proxyFor(url, environment(options)))
  const proxy = proxyOf(settings.baseUrl)
  const proxied = proxy && proxiedFetch(proxy, timeouts.connectMs)
  const pipeline = createPipeline({
    baseUrl: settings.baseUrl,
    apiKey: settings.apiKey,
    fetch: options.fetch ?? proxied?.fetch ?? ((request) => fetch(request)),
    timeouts,
    phases: new PhaseWatch(),
    clock,
    limiter,
    retries,
    hooks: options,
    proxy: proxy?.shown,
    random: options.random ?? Math.random,
    newRequestId: () => crypto.randomUUID(),
  })
  const newToken = () => crypto.randomUUID().replaceAll('-', '').slice(0, 16)
  const connection = createConnection(settings.baseUrl, pipeline, clock, newToken)
  const { maxRetryAfterMs } = retries
  const transfers = new Transfers(
    { settings, timeouts, proxyOf, limiter, maxRetryAfterMs, fetch: options.fetch },
    clock,
  )
  const jobs = new JobsResource(connection, transfers)
  const close = async () => {
    await Promise.all([transfers.close(), proxied?.close()])
  }
  return {
    settings,
    user: new UserResource(connection),
    projects: new ProjectsResource(connection),
    coreTypes: new CoreTypesResource(connection),
    prices: new PricesResource(connection),
    analyses: new AnalysesResource(connection),
    jobs,
    clusters: new ClustersResource(jobs, connection),
    files: new FilesResource(connection, transfers),
    storageDevices: new StorageDevicesResource(connection),
    api: connection.api,
    request: connection.request,
    listOf: (path, { query, signal } = {}) =>
      connection.listAt(withQuery(path, query), signal ? { signal } : {}),
    rateLimits: () => limiter.states(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function limitsFor(baseUrl: string, options: ClientOptions): Limits | undefined {
  const isMock = options.fetch !== undefined || isLoopback(baseUrl)
  const { limits = !isMock } = options
  if (limits === false) return undefined
  return limits === true ? PLATFORM_LIMITS : { ...PLATFORM_LIMITS, ...limits }
}
