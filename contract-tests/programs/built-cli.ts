import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url))

/** What `npx localscale` starts. */
export const builtCli = join(projectFolder, 'dist/cli/localscale.js')

/** What `npm run tutorial` starts. */
export const builtTutorial = join(projectFolder, 'dist/cli/tutorial.js')

/** What `npx rescale` starts. */
export const builtRescale = join(projectFolder, 'dist/cli/rescale.cjs')

/** What goes into them. */
const sourceFolders = [
  ...['mock-server', 'client', 'openapi', 'examples'],
  ...['contract-tests/cli', 'contract-tests/harness', 'contract-tests/scenarios'],
]
const buildScript = join(projectFolder, 'scripts/build.mjs')
const lockFolder = join(projectFolder, 'node_modules/.localscale-build.lock')

let whenBuilt: Promise<void> | undefined

/** Builds the command lines unless they are newer than their sources: once for all test files, parallel ones too. */
export function ensureBuilt(): Promise<void> {
  whenBuilt ??= buildIfStale()
  return whenBuilt
}

async function buildIfStale(): Promise<void> {
  while (!(await isFresh())) {
    if (await locked(build)) return
    await delay(100)
  }
}

async function isFresh(): Promise<boolean> {
  // While somebody builds, what is there is neither whole nor fresh.
  if ((await changedAt(lockFolder)) > 0 && (await ownerIsAlive())) return false
  const sources = await Promise.all([changedAt(buildScript), ...sourceFolders.map(newestIn)])
  return (await changedAt(builtCli)) > Math.max(...sources)
}

/** False when somebody else holds the lock; that of a process that is no more is taken away. */
async function locked(work: () => Promise<void>): Promise<boolean> {
  try {
    await mkdir(lockFolder)
  } catch {
    if (!(await ownerIsAlive())) await rm(lockFolder, { recursive: true, force: true })
    return false
  }
  try {
    await writeFile(join(lockFolder, 'pid'), String(process.pid))
    await work()
    return true
  } finally {
    await rm(lockFolder, { recursive: true, force: true })
  }
}

async function ownerIsAlive(): Promise<boolean> {
  try {
    const pid = Number(await readFile(join(lockFolder, 'pid'), 'utf8'))
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    // Made, but not signed yet.
    return isMissing(error) && Date.now() - (await changedAt(lockFolder)) < 5_000
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function build(): Promise<void> {
  const { code, stderr } = await ended(spawn(process.execPath, [buildScript], { cwd: projectFolder }))
  if (code !== 0) throw new Error(`the build ended with ${code}: ${stderr}`)
}

async function newestIn(folder: string): Promise<number> {
  const entries = await readdir(join(projectFolder, folder), { recursive: true, withFileTypes: true })
  const sources = entries.filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
  return Math.max(
    0,
    ...(await Promise.all(sources.map((entry) => changedAt(join(entry.parentPath, entry.name))))),
  )
}

const changedAt = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.mtimeMs ?? 0

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export async function ended(child: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...said }
}

/** Commands that should end by themselves are killed when they do not. Milliseconds. */
const PATIENCE = 10_000

/** Runs `localscale` to its end. */
export async function localscale(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  patience = PATIENCE,
): Promise<Ended> {
  await ensureBuilt()
  return ended(
    spawn(process.execPath, [builtCli, ...args], {
      env: { ...process.env, ...env },
      timeout: patience,
      killSignal: 'SIGKILL',
    }),
  )
}
