import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from '../openapi/check-answer.ts'
import { announcedQuirks, observedQuirks } from './domain/quirks.ts'
import { type Listening, listen } from './listen.ts'
import { parsePace } from './pace.ts'
import { createRescale, type Rescale, type RescaleOptions } from './rescale.ts'
import { diskFileStore } from './stores/disk-file-store.ts'

export interface ServeOptions {
  readonly port: number
  readonly host: string
  readonly pace: string
  readonly executor: 'simulated' | 'shell'
  readonly seed: string
  readonly apiKey: readonly string[]
  readonly quirks: 'observed' | 'announced'
  readonly dataDir?: string
  readonly recipes?: string
  readonly publicUrl?: string
  readonly checkAnswers?: boolean
  readonly writeProfile?: string
  readonly readyJson?: boolean
}

/** What the ready line tells. */
interface Ready {
  readonly url: string
  readonly apiKey: string
  readonly adminToken: string
  readonly sshPort: number | null
  readonly pid: number
}

/** Starts the mock, says so once it answers, and stops cleanly on SIGINT and SIGTERM. */
export async function serve(options: ServeOptions): Promise<void> {
  refuseShellForOthers(options)
  const rescale = createRescale(await rescaleOptions(options))
  let listening: Listening | undefined
  const stop = async (): Promise<void> => {
    await listening?.close()
    await rescale.close()
  }
  try {
    listening = await listen(rescale, { ...options, onError: reportError })
    stopOnSignals(stop)
    await announce(rescale, listening, options)
  } catch (error) {
    await stop()
    throw isInUse(error)
      ? new Error(
          `port ${options.port} of ${options.host} is in use; choose another with --port (0 takes a free one).`,
        )
      : error
  }
}

const isInUse = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'

/** The shell executor runs whatever a caller sends; only this machine may be a caller. */
function refuseShellForOthers({ executor, host }: ServeOptions): void {
  const loopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  if (executor === 'shell' && !loopback)
    throw new Error(
      `--executor shell runs the commands that callers send: it needs a loopback --host, not ${host}.`,
    )
}

async function rescaleOptions(options: ServeOptions): Promise<RescaleOptions> {
  const { pace, seed, apiKey, quirks, dataDir, checkAnswers } = options
  return {
    pace,
    seed,
    apiKeys: apiKey,
    quirks: quirks === 'announced' ? announcedQuirks : observedQuirks,
    onError: reportError,
    executor: await executorFactory(options),
    // Where time runs along with real time it begins when a world is made; elsewhere it begins today.
    ...(parsePace(pace).kind !== 'times' && { startAt: new Date() }),
    ...(dataDir && { files: diskFileStore(dataDir) }),
    ...(checkAnswers && { onFinding: reportFinding }),
  }
}

async function executorFactory(options: ServeOptions): Promise<NonNullable<RescaleOptions['executor']>> {
  if (options.executor === 'shell') {
    const { shellExecutor } = await import('./executors/shell/shell-executor.ts')
    return (files) => shellExecutor({ root: runsFolder(options), files })
  }
  const { simulatedExecutor } = await import('./executors/simulated/simulated-executor.ts')
  if (!options.recipes) return (files) => simulatedExecutor({ files })
  const { loadRecipes } = await import('./executors/simulated/load-recipes.ts')
  const recipes = await loadRecipes(options.recipes)
  return (files) => simulatedExecutor({ files, recipes })
}

/** The same at every start, so that what a killed server left behind is found and ended. */
function runsFolder({ dataDir }: ServeOptions): string {
  return dataDir ? join(dataDir, 'runs') : join(tmpdir(), `localscale-runs-${process.getuid?.() ?? 'user'}`)
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
    stop().then(
      () => process.exit(0),
      (error) => {
        reportError(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

async function announce(rescale: Rescale, { url }: Listening, options: ServeOptions): Promise<void> {
  const ready: Ready = {
    url,
    apiKey: rescale.apiKey,
    adminToken: randomBytes(20).toString('hex'),
    sshPort: null,
    pid: process.pid,
  }
  const profile =
    options.writeProfile === undefined ? null : await writeProfileOf(options.writeProfile, ready)
  process.stdout.write(options.readyJson ? `${JSON.stringify(ready)}\n` : banner(ready, options, profile))
}

async function writeProfileOf(name: string, { url, apiKey }: Ready): Promise<string> {
  const { apiconfigPaths, thisMachine } = await import('../client/apiconfig-file.ts')
  const { writeProfile } = await import('../client/apiconfig-writer.ts')
  const machine = thisMachine(process.env)
  const [path] = machine ? apiconfigPaths(machine) : []
  if (path === undefined) throw new Error('There is no home folder to write an apiconfig to.')
  try {
    await writeProfile(path, name, { baseUrl: url, apiKey })
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  return path
}

function banner(
  { url, apiKey }: Ready,
  { executor, pace, apiKey: given, writeProfile = 'default' }: ServeOptions,
  profile: string | null,
): string {
  const keys = given.length > 0 ? '' : ' (any other 40 hexadecimal characters are a world of their own)'
  return `LocalScale answers at ${url}   API page: ${url}/docs/
executor ${executor}, pace ${pace}. Stop with Ctrl+C.

API key: ${apiKey}${keys}
${profile ? `Written to ${profile}:` : 'For ~/.config/rescale/apiconfig:'}

[${writeProfile}]
apibaseurl = ${url}
apikey = ${apiKey}
`
}
