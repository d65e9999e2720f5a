import { type Checker, type Finding, loadChecker } from '../openapi/check-answer.ts'
import type { FidelityLedger } from '../openapi/fidelity/ledger.ts'
import { AuthorizedKeys } from './authorized-keys.ts'
import { loadCatalogue } from './catalogue/load-catalogue.ts'
import type { ControlledServer } from './control/control-operation.ts'
import { createControlPlane } from './control/control-plane.ts'
import { knownEndings } from './control/endings.ts'
import { fidelity } from './control/fidelity.ts'
import type { Catalogue } from './domain/catalogue.ts'
import type { Executor } from './domain/executor.ts'
import type { FileStore } from './domain/file-store.ts'
import type { SshAddress } from './domain/instances.ts'
import { observedQuirks, type Quirks } from './domain/quirks.ts'
import { SharedBytes } from './domain/shared-bytes.ts'
import type { DataFolder } from './durable/data-folder.ts'
import { createExchange, type ExchangeParts } from './exchange/exchange.ts'
import type { Exchange } from './exchange/http.ts'
import { createPages } from './exchange/pages.ts'
import { simulatedExecutor } from './executors/simulated/simulated-executor.ts'
import { explainer } from './explain/explain.ts'
import { fileHashing } from './file-hashing.ts'
import { JournalControl } from './journal/journal-control.ts'
import { type JournalOptions, Journals } from './journal/journals.ts'
import { recorded } from './journal/recorder.ts'
import { tenantReader } from './journal/tenant-id.ts'
import { ClusterLogins } from './logins/cluster-logins.ts'
import { parsePace } from './pace.ts'
import { newAdminToken, serverControl } from './server-control.ts'
import { memoryFileStore } from './stores/memory-file-store.ts'
import { Tenants } from './tenants.ts'
import { fetchFromExchange } from './transports/fetch.ts'
import { realWallClock, type WallClock } from './wall-clock.ts'
import { type World, worldOf } from './world.ts'

/** Used where nobody says which key to use. Forty hexadecimal characters, as the platform's own. */
export const DEFAULT_API_KEY = '0123456789abcdef0123456789abcdef01234567'

export interface RescaleOptions {
  /** The same seed and the same requests give the same answers. Default `localscale`. */
  readonly seed?: string
  /**
   * What can be rented and run, for a seed. Default: made anew, which takes some 15 ms when it is first asked for; where
   * a hundred are made, `sharedCatalogues()` makes it once.
   */
  readonly catalogue?: (seed: string) => Promise<Catalogue>
  /** How virtual time moves, e.g. `still` (default), `settled`, `60x`. */
  readonly pace?: string
  /** Answers requests over the platform's limits with 429. Default: only counts what it would have refused. */
  readonly throttling?: boolean
  /** Virtual time at the beginning. Default: a fixed instant; with a pace such as `60x`, half a day ago. */
  readonly startAt?: Date
  /** Accept only these keys. Default: any 40 hexadecimal characters, each key a world of its own. */
  readonly apiKeys?: readonly string[]
  /** Where bytes are kept. Default: memory, large files in the temp folder. */
  readonly files?: FileStore
  /** Makes what runs the commands of jobs. Default: simulated, no process is started. */
  readonly executor?: (files: FileStore) => Executor
  /** Worlds that outlive the process (`openDataFolder`): its files and its executor are used. Closed with the Rescale. */
  readonly data?: DataFolder
  readonly quirks?: Quirks
  /** How much is kept of what is said; `{ isOn: false }` keeps nothing until somebody turns it on. */
  readonly journal?: JournalOptions
  /** Called with everything in an answer that the description does not say. Setting it turns checking on. */
  readonly onFinding?: (finding: Finding) => void
  /** What server-wide controls take. Default: a random one. */
  readonly adminToken?: string
  /** What a shutdown by `/_mock/shutdown/` calls. Default: `close`. */
  readonly onShutDown?: () => void
  /** Called with errors that are the mock's own fault. Default: console.error. */
  readonly onError?: (error: unknown) => void
  /** Real time; replaced in tests. */
  readonly wall?: WallClock
}

/** A Rescale in this process: talk to it by `fetch`, serve its `exchange`, move its time. */
export interface Rescale extends Omit<ControlledServer, 'shutDown'>, AsyncDisposable {
  readonly exchange: Exchange
  /** A `fetch` that never leaves the process. */
  readonly fetch: typeof fetch
  /** A key that is accepted. */
  readonly apiKey: string
  /** What server-wide controls take over HTTP: `Authorization: Token <admin token>`. */
  readonly adminToken: string
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
  /** How an operation (all, unless one is named by its operationId) is known: its answers and their fields, each with its grade. */
  fidelity(operationId?: string): Promise<FidelityLedger>
  /** The ways in which a job can be told to end (`world.askEnding`), and how each is known. */
  endings(): ReturnType<typeof knownEndings>
  /** Ends all runs and frees all files. */
  close(): Promise<void>
}

/** Makes a Rescale. Two of them never share anything. */
export function createRescale(options: RescaleOptions = {}): Rescale {
  const { data } = options
  const files = data?.files ?? options.files ?? memoryFileStore({ hashing: fileHashing() })
  const executor =
    data?.executor ?? (options.executor ?? ((store) => simulatedExecutor({ files: store })))(files)
  const seed = options.seed ?? 'localscale'
  let apiBaseUrl: string | undefined
  let ssh: SshAddress | undefined
  const everywhere = new AuthorizedKeys()
  const wall = options.wall ?? realWallClock()
  const journals = new Journals(options.journal)
  const defaults = { pace: parsePace(options.pace ?? 'still'), throttling: options.throttling ?? false }
  const catalogue = once(() => (options.catalogue ?? loadCatalogue)(seed))
  const onError = options.onError ?? ((error: unknown) => console.error('localscale:', error))
  const tenants = new Tenants({
    onError,
    catalogue,
    apiKeys: options.apiKeys ?? [],
    seed,
    startAt: options.startAt,
    defaults,
    wall,
    journals,
    files,
    sharedBytes: data?.sharedBytes ?? new SharedBytes(files),
    data,
    executor,
    quirks: options.quirks ?? observedQuirks,
    apiBaseUrl: () => apiBaseUrl,
    ssh: () => ssh,
    onRunOver: (tenantId, jobId) => logins.runOver(tenantId, jobId),
  })
  const logins = new ClusterLogins({ tenants: () => tenants, everywhere, executor, files })
  const apiKey = options.apiKeys?.[0] ?? DEFAULT_API_KEY
  const adminToken = options.adminToken ?? newAdminToken()
  const unclaimed = new JournalControl(() => journals.of(null), wall)
  const server = serverControl(tenants, defaults, unclaimed, () =>
    (options.onShutDown ?? (() => void close()))(),
  )
  const control = createControlPlane({ adminToken, server, tenantOf: (key) => tenants.of(key), onError })
  const pages = createPages()
  const answering = checkedExchange(options, {
    resident: (key) => tenants.of(key),
    files,
    page: (request) => control(request) ?? pages(request),
    onError,
  })
  const tenantOf = tenantReader((key) => tenants.accepts(key))
  const explain = explainer((authorization) => tenantOf(authorization) !== null)
  const exchange = recorded(answering, { journals, now: () => wall.now(), tenantOf, explain })
  const close = async (): Promise<void> => {
    logins.close()
    tenants.close()
    // Before runs are ended: in the data folder they are under way, and go on after the next start.
    await data?.close()
    await executor.close()
    await files.close()
  }
  return {
    exchange,
    fetch: fetchFromExchange(exchange, { onError }),
    apiKey,
    adminToken,
    tenants: server.tenants,
    createTenant: server.createTenant,
    deleteTenant: server.deleteTenant,
    unclaimed,
    fidelity,
    endings: knownEndings,
    get defaults() {
      return server.defaults
    },
    changeDefaults: server.changeDefaults,
    world: (key = apiKey) => worldOf(tenants.of(key) ?? fail(noWorld(key, tenants.accepts(key)))),
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

const noWorld = (key: string, isAccepted: boolean): string =>
  isAccepted
    ? 'there is no room for another world; delete some with deleteTenant'
    : `this Rescale does not accept the key ending in ${key.slice(-4)}`

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
