import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A mock of its own for one run of the tutorial. */
export interface LocalMock {
  readonly url: string
  readonly apiKey: string
  /** Of the clusters' host keys, from the ready line. */
  readonly sshFingerprints: readonly string[]
  stop(): Promise<void>
}

/** Fast enough to wait for clusters that take minutes to start, slow enough to see every status go by. */
const PACE = '300x'

/** Starts `localscale serve` as anybody would: a process on a free port, here really running the commands. */
export async function startMock(dataDir: string): Promise<LocalMock> {
  const command = fileURLToPath(new URL('./localscale.js', import.meta.url))
  const options = [
    '--port',
    '0',
    '--ready-json',
    '--executor',
    'shell',
    '--pace',
    PACE,
    '--data-dir',
    dataDir,
  ]
  const child = spawn(process.execPath, [command, 'serve', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ready = JSON.parse(await firstLine(child)) as Omit<LocalMock, 'stop'>
  return { ...ready, stop: () => stopped(child) }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the mock has no output')
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the mock ended with ${code}`)))
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string]
  return line
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
