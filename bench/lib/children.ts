import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { processTree } from './process-stats.ts'

const running = new Set<ChildProcess>()

/** Starts a process that `killChildren` ends if nobody else did. */
export function startChild(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(),
    ...options,
  })
  running.add(child)
  child.once('close', () => running.delete(child))
  return child
}

/**
 * Ends everything that is still running; for the way out, so it does not wait. Whole trees: what a server under
 * measurement has started (a cluster's command, sshd's process of a connection) would outlive it.
 */
export function killChildren(): void {
  for (const { pid, exitCode, signalCode } of running) {
    // The number of one that has ended may be somebody else's by now.
    if (pid === undefined || exitCode !== null || signalCode !== null) continue
    for (const member of processTree(pid)) kill(member)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended between being listed and being killed.
  }
}

/** Runs a command to its end and gives its standard output; rejects when it fails. */
export async function runChild(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<string> {
  const child = startChild(command, args, options)
  const [output, errors] = [collect(child.stdout), collect(child.stderr)]
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (code !== 0) throw new Error(`${command} ended with ${code ?? signal}: ${await errors}${await output}`)
  return output
}

async function collect(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = ''
  for await (const chunk of stream ?? []) text += chunk
  return text
}

/**
 * Without NODE_EXTRA_CA_CERTS, which costs Node 20 38 ms at every start and so makes every ratio of cold starts look
 * better than it is, and without options meant for the bench's own process.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...rest } = process.env
  return rest
}
