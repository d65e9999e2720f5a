import { type Checker, type Finding, loadChecker } from '../openapi/check-answer.ts'
import { AuthorizedKeys } from './authorized-keys.ts'
import { loadCatalogue } from './catalogue/load-catalogue.ts'
import { createControlPlane } from './control/control-plane.ts'
import { controlRoutes } from './control/routes.ts'
import type { Executor } from './domain/executor.ts'
import type { FileStore } from './domain/file-store.ts'
import type { SshAddress } from './domain/instances.ts'
import { type Duration, millisecond } from './domain/instant.ts'
import type { Platform } from './domain/platform.ts'
import { observedQuirks, type Quirks } from './domain/quirks.ts'
import { createExchange, type ExchangeParts } from './exchange/exchange.ts'
import type { Exchange } from './exchange/http.ts'
import { createPages } from './exchange/pages.ts'
import { simulatedExecutor } from './executors/simulated/simulated-executor.ts'
import { ClusterLogins } from './logins/cluster-logins.ts'
import { parseDuration, parsePace } from './pace.ts'
import { memoryFileStore } from './stores/memory-file-store.ts'
import { type Tenant, Tenants } from './tenants.ts'
import { fetchFromExchange } from './transports/fetch.ts'
import { realWallClock, type WallClock } from './wall-clock.ts'
import type { TimeGoal } from './world-time.ts'

/** Used where nobody says which key to use. Forty hexadecimal characters, as the platform's own. */
export const DEFAULT_API_KEY = '0123456789abcdef0123456789abcdef01234567'

export interface RescaleOptions {
  /** The same seed and the same requests give the same answers. Default `localscale`. */
  readonly seed?: string
  /** How virtual time moves, e.g. `still` (default), `settled`, `60x`. */
  readonly pace?: string
  /** Virtual time at the beginning. Default: a fixed instant; with a pace such as `60x`, half a day ago. */
  readonly startAt?: Date
  /** Accept only these keys. Default: any 40 hexadecimal characters, each key a world of its own. */
  readonly apiKeys?: readonly string[]
  /** Where bytes are kept. Default: memory, large files in the temp folder. */
  readonly files?: FileStore
  /** Makes what runs the commands of jobs. Default: simulated, no process is started. */
  readonly executor?: (files: FileStore) => Executor
  readonly quirks?: Quirks
  /** Called with everything in an answer that the description does not say. Setting it turns checking on. */
  readonly onFinding?: (finding: Finding) => void
  /** Called with errors that are the mock's own fault. Default: console.error. */
  readonly onError?: (error: unknown) => void
  /** Real time; replaced in tests. */
  readonly wall?: WallClock
}

/** A Rescale in this process: talk to it by `fetch`, serve its `exchange`, move its time. */
export interface Rescale extends AsyncDisposable {
  readonly exchange: Exchange
  /** A `fetch` that never leaves the process. */
  readonly fetch: typeof fetch
  /** A key that is accepted. */
  readonly apiKey: string
  /** The world of a key, made when it is first asked for. Default: the one of `apiKey`. */
  world(apiKey?: string): World
  /** Where jobs' own commands reach the API; set once a server listens. */
  apiBaseUrl: string | undefined
  /** Where clusters can be reached; set once an SSH server listens. */
  ssh: SshAddress | undefined
  /** Who may log in to clusters, for an SSH server. */
  readonly logins: ClusterLogins
  /** Lets this public key (a line of a `.pub` file) log in to the clusters of every world. Throws when it is none. */
  authorizeKey(publicKey: string): void
  /** Ends all runs and frees all files. */
  close(): Promise<void>
}

/** What a test does to one tenant's world besides talking to its API. */
export interface World {
  /** Virtual time. */
  now(): Date
  /** Moves time by milliseconds, or by text such as `90s`, and lets happen what is due until then. */
  advance(duration: number | string): void
  /** Moves time until nothing is due. Runs that last until they are stopped are not waited for. */
  settle(): void
  /**
   * Moves time to the next thing that is due, or until a job or its cluster has a status. False when that cannot be
   * reached by waiting, because nothing is due any more.
   */
  advanceTo(goal: TimeGoal): boolean
  setPace(pace: string): void
  readonly platform: Platform
}

/** Makes a Rescale. Two of them never share anything. */
export function createRescale(options: RescaleOptions = {}): Rescale {
  const files = options.files ?? memoryFileStore()
  const executor = (options.executor ?? ((store) => simulatedExecutor({ files: store })))(files)
  const seed = options.seed ?? 'localscale'
  let apiBaseUrl: string | undefined
  let ssh: SshAddress | undefined
  const everywhere = new AuthorizedKeys()
  const tenants = new Tenants({
    apiKeys: options.apiKeys ?? [],
    seed,
    startAt: options.startAt,
    pace: parsePace(options.pace ?? 'still'),
    wall: options.wall ?? realWallClock(),
    files,
    executor,
    quirks: options.quirks ?? observedQuirks,
    apiBaseUrl: () => apiBaseUrl,
    ssh: () => ssh,
    onRunOver: (tenantId, jobId) => logins.runOver(tenantId, jobId),
  })
  const logins = new ClusterLogins({ tenants: () => tenants, everywhere, executor, files })
  const apiKey = options.apiKeys?.[0] ?? DEFAULT_API_KEY
  const control = createControlPlane(controlRoutes, (key) => tenants.of(key))
  const pages = createPages()
  const exchange = checkedExchange(options, {
    resident: (key) => tenants.of(key),
    files,
    catalogue: once(() => loadCatalogue(seed)),
    page: (request) => control(request) ?? pages(request),
    onError: options.onError ?? ((error) => console.error('localscale:', error)),
  })
  const close = async (): Promise<void> => {
    logins.close()
    tenants.close()
    await executor.close()
    await files.close()
  }
  return {
    exchange,
    fetch: fetchFromExchange(exchange),
    apiKey,
    world: (key = apiKey) =>
      worldOf(tenants.of(key) ?? fail(`this Rescale does not accept the key ending in ${key.slice(-4)}`)),
    get apiBaseUrl() {
      return apiBaseUrl
    },
    set apiBaseUrl(url) {
      apiBaseUrl = url
    },
    get ssh() {
      return ssh
    },
    set ssh(address) {
      ssh = address
    },
    logins,
    authorizeKey(publicKey) {
      if (typeof (everywhere.add(publicKey) ?? 'none') === 'string')
        fail('this is no public key that clusters take')
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function worldOf({ platform, time }: Tenant): World {
  return {
    platform,
    now: () => new Date(time.now() / millisecond),
    advance: (duration) => time.advance(microseconds(duration)),
    advanceTo: (goal) => time.advanceTo(goal),
    settle: () => void time.advanceTo('settled'),
    setPace: (pace) => time.setPace(pace),
  }
}

function microseconds(duration: number | string): Duration {
  if (typeof duration === 'number') return Math.round(duration * millisecond)
  return parseDuration(duration) ?? fail(`"${duration}" is no duration such as 90s, 5m or 250ms`)
}

function fail(message: string): never {
  throw new RangeError(message)
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** With `onFinding`, every answer waits until the validators are loaded, and is compared with the description. */
function checkedExchange({ onFinding }: RescaleOptions, parts: ExchangeParts): Exchange {
  if (!onFinding) return createExchange(parts)
  let checker: Checker | undefined
  const exchange = createExchange({
    ...parts,
    check: (operationId, { method, trace }, { status, headers, body }) => {
      const found = checker?.checkAnswer({ operationId, method, status, headers, body }) ?? []
      const findings = found.filter((finding) => finding.class !== 'not-checked')
      if (trace) trace.findings = findings
      for (const finding of findings) onFinding(finding)
    },
  })
  const loading = once(async () => {
    checker = await loadChecker()
  })
  return (request) => (checker ? exchange(request) : loading().then(() => exchange(request)))
}
