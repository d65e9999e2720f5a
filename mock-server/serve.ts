import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getSystemErrorMap } from 'node:util'
import type { Finding } from '../openapi/check-answer.ts'
import { announce } from './announce.ts'
import { announcedQuirks, observedQuirks } from './domain/quirks.ts'
import type { DataFolder } from './durable/data-folder.ts'
import type { Isolation } from './executors/shell/run-rooms.ts'
import type { ShellExecutor } from './executors/shell/shell-executor.ts'
import { type Listening, listen } from './listen.ts'
import { type ListeningSsh, listenSsh } from './listen-ssh.ts'
import { openDataFolder } from './open-data-folder.ts'
import { parsePace } from './pace.ts'
import { createRescale, type Rescale, type RescaleOptions } from './rescale.ts'
import type { RoomsFound } from './rooms/find-rooms.ts'
import { keepHeapSmall } from './small-heap.ts'
import type { DamagedHostKey } from './ssh/keys/host-keys.ts'
import { removeAbandonedFolders } from './temporary-folders.ts'
import { realWallClock } from './wall-clock.ts'

export interface ServeOptions {
  readonly port: number
  readonly host: string
  readonly pace: string
  readonly executor: 'simulated' | 'shell'
  /** Whether jobs that really run see each other's processes and files. */
  readonly isolation?: Isolation
  readonly seed: string
  /** Virtual time at which worlds begin. */
  readonly startAt?: Date
  readonly apiKey: readonly string[]
  readonly sshPort: number
  readonly authorizedKey: readonly string[]
  readonly quirks: 'observed' | 'announced'
  /** Jobs may ask for an ending by `[mock:NAME]` in their name. */
  readonly endingsInNames: boolean
  /** Requests over the platform's limits are answered 429. */
  readonly throttling?: boolean
  readonly dataDir?: string
  readonly recipes?: string
  readonly publicUrl?: string
  readonly checkAnswers?: boolean
  readonly journal: boolean
  readonly writeProfile?: string
  readonly readyJson?: boolean
}

/** Whoever started the server to ask it something has got an answer. Milliseconds. */
const START_IS_OVER = 1_000

/** The folder has the whole list. */
const MOST_LOSSES_SHOWN = 20
const GIB = 1 << 30

/** What really runs commands, once it is made; null when nothing does. */
interface Running {
  executor: ShellExecutor | null
}

/** Starts the mock, says so once it answers, and stops cleanly on SIGINT and SIGTERM. */
export async function serve(options: ServeOptions): Promise<void> {
  refuseShellForOthers(options)
  const cleaned = cleanUp(options)
  const running: Running = { executor: null }
  const rescale = createRescale({
    ...(await rescaleOptions(options, running)),
    onShutDown: () => endWith(stop),
  })
  let listening: Listening | undefined
  let ssh: ListeningSsh | null = null
  const stop = async (): Promise<void> => {
    await listening?.close()
    await ssh?.close()
    await rescale.close()
    await cleaned
  }
  try {
    for (const file of options.authorizedKey) await authorizeKey(rescale, file)
    ssh = await openClusters(rescale, options)
    const rooms = (await running.executor?.rooms) ?? null
    if (rooms?.kind === 'none' && options.isolation === 'required') throw notApart(rooms)
    listening = await listen(rescale, { ...options, onError: reportError })
    stopOnSignals(stop)
    await announce({ rescale, listening, ssh, rooms }, options)
    realWallClock().after(START_IS_OVER, () => void keepHeapSmall())
  } catch (error) {
    await stop()
    throw isInUse(error) ? inUse(error.port, options) : error
  }
}

async function authorizeKey(rescale: Rescale, file: string): Promise<void> {
  const publicKey = await readFile(file, 'utf8')
  try {
    rescale.authorizeKey(publicKey)
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const isInUse = (error: unknown): error is Error & { port: number } =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

function inUse(port: number, { host, sshPort }: ServeOptions): Error {
  const option = port === sshPort ? '--ssh-port' : '--port'
  return new Error(`port ${port} of ${host} is in use; choose another with ${option} (0 takes a free one).`)
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** Host keys are kept with the data, so that clients see the same ones after the next start. */
async function openClusters(rescale: Rescale, options: ServeOptions): Promise<ListeningSsh | null> {
  const { host, sshPort: port, dataDir } = options
  if (!isLoopback(host)) return null
  const kept = dataDir && { keyFolder: join(dataDir, 'ssh'), onDamagedKey: reportDamagedKey }
  return listenSsh(rescale, { host, port, ...kept })
}

function reportDamagedKey({ path, setAside }: DamagedHostKey): void {
  process.stderr.write(
    `localscale: the SSH host key ${path} is damaged; it is set aside as ${setAside}, and another is made: clients that know the old one will refuse it.\n`,
  )
}

/** The shell executor runs whatever a caller sends; only this machine may be a caller. */
function refuseShellForOthers({ executor, host }: ServeOptions): void {
  if (executor === 'shell' && !isLoopback(host))
    throw new Error(
      `--executor shell runs the commands that callers send: it needs a loopback --host, not ${host}.`,
    )
}

const notApart = ({ why }: RoomsFound & { kind: 'none' }): Error =>
  new Error(
    `--isolation required: jobs would see each other's processes and files on this machine (${why}); it needs Linux, util-linux, and root or user namespaces.`,
  )

async function rescaleOptions(options: ServeOptions, running: Running): Promise<RescaleOptions> {
  const { pace, seed, apiKey, quirks, endingsInNames, checkAnswers, throttling = false } = options
  // Where time runs along with real time it begins when a world is made; elsewhere it begins today.
  const startAt = options.startAt ?? (parsePace(pace).kind === 'times' ? undefined : new Date())
  return {
    pace,
    seed,
    apiKeys: apiKey,
    throttling,
    quirks: { ...(quirks === 'announced' ? announcedQuirks : observedQuirks), endingsInNames },
    journal: { isOn: options.journal },
    onError: reportError,
    ...(await storing(options, running)),
    ...(startAt && { startAt }),
    ...(checkAnswers && { onFinding: reportFinding }),
  }
}

/** What runs jobs, and where worlds are kept. */
async function storing(
  options: ServeOptions,
  running: Running,
): Promise<Pick<RescaleOptions, 'data' | 'executor'>> {
  const { dataDir, seed } = options
  const executor = await executorFactory(options, running)
  if (!dataDir) return { executor }
  const onHashed = hashingReporter(dataDir)
  const data = await openDataFolder(dataDir, { seed, executor, onError: reportError, onHashed }).catch(
    (error) => {
      throw unusable(dataDir, error)
    },
  )
  if (data.damage) reportDamage(data.damage, dataDir)
  return { data }
}

/** What the system says of a folder in words, with what to do; other errors say so themselves. */
function unusable(dataDir: string, error: unknown): unknown {
  const { errno, path } = error as NodeJS.ErrnoException
  const [, said] = (errno === undefined ? undefined : getSystemErrorMap().get(errno)) ?? []
  if (said === undefined) return error
  return new Error(
    `${path ?? dataDir}: ${said}. Choose another --data-dir, or see to it that it can be written to.`,
  )
}

/** A line for every GiB: a start that hashes so much takes seconds. */
function hashingReporter(dataDir: string): (bytes: number) => void {
  let hashed = 0
  return (bytes) => {
    const before = Math.floor(hashed / GIB)
    hashed += bytes
    const now = Math.floor(hashed / GIB)
    if (now > before) process.stderr.write(`localscale: ${now} GiB of the content of ${dataDir} hashed\n`)
  }
}

function reportDamage({ folder, losses }: NonNullable<DataFolder['damage']>, dataDir: string): void {
  const shown = losses.slice(0, MOST_LOSSES_SHOWN).map(({ what, why }) => `  ${what}: ${why}\n`)
  process.stderr.write(
    `localscale: ${dataDir} is damaged; what is whole is served, the rest is set aside in ${folder}:\n${shown.join('')}`,
  )
}

async function executorFactory(
  options: ServeOptions,
  running: Running,
): Promise<NonNullable<RescaleOptions['executor']>> {
  if (options.executor === 'shell') {
    const { shellExecutor } = await import('./executors/shell/shell-executor.ts')
    const { isolation = 'auto', dataDir } = options
    const settings = {
      root: runsFolder(options),
      isRootTemporary: !dataDir,
      isolation,
      hidden: dataDir ? [dataDir] : [],
    }
    return (files) => {
      running.executor = shellExecutor({ ...settings, files })
      return running.executor
    }
  }
  const { simulatedExecutor } = await import('./executors/simulated/simulated-executor.ts')
  if (!options.recipes) return (files) => simulatedExecutor({ files })
  const { loadRecipes } = await import('./executors/simulated/load-recipes.ts')
  const recipes = await loadRecipes(options.recipes)
  return (files) => simulatedExecutor({ files, recipes })
}

/** The same at every start, so that what a killed server left behind is found and ended. */
const runsFolder = ({ dataDir }: ServeOptions): string => (dataDir ? join(dataDir, 'runs') : temporaryRuns())

const temporaryRuns = (): string => join(tmpdir(), `localscale-runs-${process.getuid?.() ?? 'user'}`)

/** What killed servers left in the temporary folder; whatever cannot be removed stays. */
async function cleanUp({ executor, dataDir }: ServeOptions): Promise<void> {
  await removeAbandonedFolders()
  // The executor does that in its own.
  if ((executor === 'shell' && !dataDir) || !existsSync(temporaryRuns())) return
  const { clearAbandonedRuns } = await import('./executors/shell/abandoned-runs.ts')
  await clearAbandonedRuns(temporaryRuns()).catch(() => undefined)
}

function reportError(error: unknown): void {
  process.stderr.write(
    `localscale: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
}

function reportFinding({ operationId, status, class: kind, pointer = '', message }: Finding): void {
  process.stderr.write(`localscale: ${operationId} ${status}: ${kind} ${pointer} ${message}\n`)
}

/** The first signal ends it in order; a second one at once. */
function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false
  const onSignal = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    endWith(stop)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

function endWith(stop: () => Promise<void>): void {
  stop().then(
    () => process.exit(0),
    (error) => {
      reportError(error)
      process.exit(1)
    },
  )
}
