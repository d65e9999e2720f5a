import { type ChildProcess, spawn } from 'node:child_process'
import { builtRescale, type Ended, ended, ensureBuilt } from '../programs/built-cli.ts'
import type { Ready } from '../programs/built-server.ts'

/** Commands that should end by themselves are killed when they do not. Milliseconds. */
const patience = 30_000

/** Starts the built `rescale` against a server, in a home that has nothing of this machine's user. */
export async function startRescale(
  args: readonly string[],
  { url, apiKey }: Pick<Ready, 'url' | 'apiKey'>,
  options: { home: string; cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<ChildProcess> {
  await ensureBuilt()
  const { home, cwd = home, env } = options
  return spawn(process.execPath, [builtRescale, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: home, RESCALE_API_URL: url, RESCALE_API_KEY: apiKey, ...env },
    timeout: patience,
    killSignal: 'SIGKILL',
  })
}

export async function rescale(...call: Parameters<typeof startRescale>): Promise<Ended> {
  const child = await startRescale(...call)
  child.stdin?.end()
  return ended(child)
}
