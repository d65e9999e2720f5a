import { type ChildProcess, spawn } from 'node:child_process'

/** What the watcher needs to know. Goes through a pipe: neither arguments nor environment may hold a key. */
export interface DeadManOrders {
  readonly profile: string
  readonly origin: string
  readonly authorization: string
  readonly tenant: string
  readonly folder: string
  readonly run: string
  readonly marker: string
  /** Milliseconds since the epoch. */
  readonly deadline: number
  readonly addresses?: Readonly<Record<string, string>>
  readonly ca?: string
}

export interface DeadMan {
  readonly pid: number | undefined
  /** Everything is cleaned up: nothing is to be done any more. */
  stand(): void
}

/**
 * Starts a process of its own that stops what still runs when this one dies, in whatever way, or when the time is up.
 * It hears of death by the end of its standard input, which no signal can keep from coming.
 */
export function startDeadMan(command: readonly [string, ...string[]], orders: DeadManOrders): DeadMan {
  const [program, ...args] = command
  const child: ChildProcess = spawn(program, args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  // What it cannot do any more, walltimes do.
  child.on('error', () => undefined)
  child.stdin?.on('error', () => undefined)
  child.stdin?.write(`${JSON.stringify(orders)}\n`)
  child.unref()
  if (child.stdin && 'unref' in child.stdin) (child.stdin as unknown as { unref(): void }).unref()
  return { pid: child.pid, stand: () => child.stdin?.end('done\n') }
}
