import type { Client as ApiClient } from 'openapi-fetch'
import { type Clock, systemClock } from './clock.ts'
import { createConnection } from './connection.ts'
import { createPipeline, DEFAULT_TIMEOUTS, type FetchLike, type Timeouts } from './pipeline.ts'
import {
  AnalysesResource,
  CoreTypesResource,
  PricesResource,
  ProjectsResource,
  UserResource,
} from './resources/catalogue.ts'
import { FilesResource } from './resources/files.ts'
import { JobsResource } from './resources/jobs.ts'
import { resolveSettings, type Settings, type SettingsOptions } from './settings.ts'
import type { paths } from './types.ts'

export interface ClientOptions extends Omit<SettingsOptions, 'machine'> {
  /**
   * What sends requests, instead of `fetch`: a mock in the same process, for instance. Transfers then go
   * through it too, rather than over connections of their own.
   */
  fetch?: FetchLike | undefined
  /** Time for waiters and retries; the machine's own unless told otherwise. */
  clock?: Clock | undefined
  timeouts?: Partial<Timeouts> | undefined
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
  /** Every operation of the description, as openapi-fetch gives it: `{ data, error, response }`. */
  readonly api: ApiClient<paths>
  /** Closes the connections of transfers. */
  close(): Promise<void>
}

/**
 * Makes a client: `createClient({ profile: 'mock' })`, `createClient({ baseUrl, apiKey })`, or
 * `createClient()` for the environment and the default profile. Sends nothing yet.
 */
export function createClient(options: ClientOptions = {}): RescaleClient {
  const settings = resolveSettings(options)
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts }
  const pipeline = createPipeline({
    baseUrl: settings.baseUrl,
    apiKey: settings.apiKey,
    fetch: options.fetch ?? ((request) => fetch(request)),
    timeouts,
    newRequestId: () => crypto.randomUUID(),
  })
  const connection = createConnection(settings.baseUrl, pipeline, options.clock ?? systemClock)
  const files = new FilesResource(connection, { settings, timeouts, fetch: options.fetch })
  const close = () => files.close()
  return {
    settings,
    user: new UserResource(connection),
    projects: new ProjectsResource(connection),
    coreTypes: new CoreTypesResource(connection),
    prices: new PricesResource(connection),
    analyses: new AnalysesResource(connection),
    jobs: new JobsResource(connection),
    files,
    api: connection.api,
    close,
    [Symbol.asyncDispose]: close,
  }
}
