import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { startChild } from './children.ts'
import type { BenchContext } from './context.ts'
import { pinned } from './tools.ts'

/** A server under measurement, in a process of its own. */
export interface Server {
  readonly url: string
  readonly pid: number
  /** Sent with every request to it. */
  readonly headers: Readonly<Record<string, string>>
  /** Ends it and checks that it ended well. */
  stop(): Promise<void>
}

export interface ProductOptions {
  readonly pin?: boolean
  readonly args?: readonly string[]
  readonly nodeArgs?: readonly string[]
}

/** Longest time to wait for a server to say that it is ready, or to end. */
const patience = 30_000

/** The product, with simulated commands and a clock that stands still: nothing moves that a measure did not move. */
export async function startProduct(context: BenchContext, options: ProductOptions = {}): Promise<Server> {
  const apiKey = randomBytes(20).toString('hex')
  const args = [
    ...(options.nodeArgs ?? []),
    context.product,
    'serve',
    ...[
      '--port',
      '0',
      '--ready-json',
      '--api-key',
      apiKey,
      '--executor',
      'simulated',
      '--pace',
      'still',
      '--seed',
      '1',
    ],
    ...(options.args ?? []),
  ]
  return startServer(context, args, { authorization: `Token ${apiKey}` }, options.pin === true)
}

/** A reference from `bench/reference/`, run by bare node just as it is written. */
export async function startReference(
  context: BenchContext,
  file: string,
  args: readonly string[] = [],
  pin = false,
): Promise<Server> {
  const script = new URL(`../reference/${file}`, import.meta.url).pathname
  return startServer(context, [script, ...args], {}, pin)
}

/** Any program for node whose first line on standard output is a JSON object with its `url`. */
async function startServer(
  context: BenchContext,
  args: readonly string[],
  headers: Readonly<Record<string, string>>,
  pin: boolean,
): Promise<Server> {
  const [command, commandArgs] = pin
    ? pinned(context.tools, 0, process.execPath, args)
    : [process.execPath, [...args]]
  const child = startChild(command, commandArgs)
  const errors = recentText(child.stderr)
  const url = await readyUrl(child, errors)
  return { url, pid: pidOf(child), headers, stop: () => stopServer(child, errors) }
}

async function readyUrl(child: ChildProcess, errors: () => string): Promise<string> {
  if (child.stdout === null) throw new Error('a server needs a standard output')
  const line = once(createInterface({ input: child.stdout }), 'line', {
    signal: AbortSignal.timeout(patience),
  })
  const ended = once(child, 'close').then(() => {
    throw new Error(`the server ended before it was ready: ${errors()}`)
  })
  ended.catch(() => {})
  const [text] = (await Promise.race([line, ended])) as [string]
  const { url } = JSON.parse(text) as { url: string }
  return url.replace(/\/$/, '')
}

/** taskset becomes the program that it starts, so the child's id is the server's own. */
export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the process did not start')
  return child.pid
}

/** The last kilobytes of a stream, for error messages; reading also keeps the pipe from filling up. */
export function recentText(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-2_000)
  })
  return () => text
}

export async function stopServer(child: ChildProcess, errors: () => string): Promise<void> {
  const outcome = await endServer(child, errors)
  if (outcome !== 0) throw new Error(`a server ended with ${outcome} on SIGTERM: ${errors()}`)
}

/** For servers that may end on SIGTERM as they like. */
export async function endServer(
  child: ChildProcess,
  errors: () => string,
  grace = patience,
): Promise<number | string | null> {
  if (child.exitCode !== null || child.signalCode !== null) throw new Error(`a server died: ${errors()}`)
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  const killer = setTimeout(() => child.kill('SIGKILL'), grace)
  const [code, signal] = (await closed) as [number | null, string | null]
  clearTimeout(killer)
  return code ?? signal
}
