import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { builtCli, ensureBuilt } from './built-cli.ts'

/** What the ready line tells. */
export interface Ready {
  readonly url: string
  readonly apiKey: string
  readonly adminToken: string
  readonly sshPort: number | null
  readonly isolation: string | null
  readonly pid: number
}

/** The built command line, serving in a process of its own. */
export interface BuiltServer extends Ready, AsyncDisposable {
  /** What it said besides its first line. */
  readonly said: { readonly stdout: string; readonly stderr: string }
  /** Rejects unless the server ends with 0 and had nothing to complain about. Without a signal, one that was told to by other means. */
  stop(signal?: NodeJS.Signals | null): Promise<void>
  /** Ends it as a power switch would, at this very moment. Resolves when it is gone. */
  kill(): Promise<void>
}

/** A server that takes longer than this to end has to be killed. Milliseconds. */
const patience = 15_000

export async function startBuiltServer(
  options: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  cwd?: string,
): Promise<BuiltServer> {
  const { child, said, gone } = await spawnServer(options, env, cwd)
  const ready = await Promise.race([
    readyLine(child, said),
    gone.then(({ code }) => Promise.reject(new Error(`the server ended with ${code}: ${said.stderr}`))),
  ])
  let stopping: Promise<void> | undefined
  const stop = (signal: NodeJS.Signals | null = 'SIGTERM'): Promise<void> => {
    stopping ??= stopped(child, signal, gone, said)
    return stopping
  }
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    stopping ??= gone.then(() => undefined)
    await gone
  }
  return { ...ready, said, stop, kill, [Symbol.asyncDispose]: () => stop() }
}

/** Kills one that has just been started, when that resolves. Resolves to what it complained about. */
export async function killWhileItStarts(options: readonly string[], when: Promise<unknown>): Promise<string> {
  const { child, said, gone } = await spawnServer(options)
  await Promise.race([when, gone])
  child.kill('SIGKILL')
  await gone
  return said.stderr
}

async function spawnServer(options: readonly string[], env: NodeJS.ProcessEnv = {}, cwd?: string) {
  await ensureBuilt()
  const args = [builtCli, 'serve', '--port', '0', '--ready-json', ...options]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  const killed = killedWithUs(child)
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
  })
  const gone = once(child, 'close').then(([code, signal]) => {
    killed.off()
    return { code: code as number | null, signal: signal as string | null }
  })
  return { child, said, gone }
}

/** The first line of all; it must be the ready line and nothing else. */
async function readyLine(child: ChildProcess, said: { stdout: string }): Promise<Ready> {
  if (!child.stdout) throw new Error('the server has no output')
  const lines = createInterface({ input: child.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  lines.on('line', (text) => {
    said.stdout += `${text}\n`
  })
  return JSON.parse(line) as Ready
}

async function stopped(
  child: ChildProcess,
  signal: NodeJS.Signals | null,
  gone: Promise<{ code: number | null; signal: string | null }>,
  said: { readonly stderr: string },
): Promise<void> {
  const deadline = setTimeout(() => child.kill('SIGKILL'), patience)
  if (signal) child.kill(signal)
  const end = await gone
  clearTimeout(deadline)
  if (end.code !== 0) throw new Error(`the server ended with ${end.code ?? end.signal}: ${said.stderr}`)
  if (said.stderr !== '') throw new Error(`the server complained: ${said.stderr}`)
}

/** No server outlives the tests, however these end. */
function killedWithUs(child: ChildProcess): { off(): void } {
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  return { off: () => process.off('exit', kill) }
}
