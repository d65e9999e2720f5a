import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ClientChannel } from 'ssh2'
import { aborted } from '../failures.ts'
import type { Login } from './login.ts'

export interface ExecOptions {
  /** Gets what the command writes, as it writes; what it promises is waited for. */
  onStdout?: (chunk: Uint8Array) => void | Promise<void>
  onStderr?: (chunk: Uint8Array) => void | Promise<void>
  /** What the command reads; nothing unless told otherwise. */
  stdin?: Readable | string
  /** Ends the command. */
  signal?: AbortSignal
}

/** How a command on a cluster ended, and the end of what it wrote. */
export interface ExecResult {
  /** Null when a signal ended it, or the connection broke. */
  readonly exitCode: number | null
  readonly exitSignal: string | null
  /** The last mebibyte of it; all of it went to `onStdout`. */
  readonly stdout: string
  readonly stderr: string
}

const KEPT_BYTES = 1 << 20

/** Runs a command on a cluster, in the home folder. */
export async function exec(login: Login, command: string, options: ExecOptions = {}): Promise<ExecResult> {
  const { signal } = options
  if (signal?.aborted) throw aborted(signal.reason)
  return login.during(async () => {
    const running = await login.exec(command, (channel) => new Running(channel))
    const stop = () => running.stop()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      // Whoever cannot take its output, or give its input, wants no more of it.
      const result = await running.result(options).catch((error) => {
        stop()
        throw signal?.aborted ? aborted(signal.reason) : error
      })
      if (signal?.aborted) throw aborted(signal.reason)
      if (result.exitCode === null && result.exitSignal === null && !login.isOpen) throw login.lost()
      return result
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  })
}

/** A command under way. */
class Running {
  readonly #channel: ClientChannel
  readonly #closed: Promise<unknown>
  #exitCode: number | null = null
  #exitSignal: string | null = null
  #unread: unknown

  constructor(channel: ClientChannel) {
    this.#channel = channel
    channel.on('exit', (code: number | null, name?: string) => {
      this.#exitCode = code
      this.#exitSignal = name ?? null
    })
    this.#closed = once(channel, 'close')
  }

  stop(): void {
    // Servers that know no signals end the command with its channel.
    this.#channel.signal('TERM')
    this.#channel.close()
  }

  /** The exit status may come before the last output, and the output after it: both have to be there. */
  async result(options: ExecOptions): Promise<ExecResult> {
    this.#feed(options.stdin)
    const [stdout, stderr] = await Promise.all([
      collected(this.#channel, options.onStdout),
      collected(this.#channel.stderr, options.onStderr),
      this.#closed,
    ])
    if (this.#unread !== undefined) throw this.#unread
    return { exitCode: this.#exitCode, exitSignal: this.#exitSignal, stdout, stderr }
  }

  #feed(stdin: ExecOptions['stdin']): void {
    const channel = this.#channel
    if (stdin === undefined || typeof stdin === 'string') return void channel.end(stdin)
    let isOver = false
    channel.once('close', () => {
      isOver = true
    })
    if (stdin.errored) this.#unread = stdin.errored
    stdin.once('error', (error) => {
      if (!isOver && !channel.destroyed) this.#unread = error
    })
    // A command that reads no further is none of our failures.
    pipeline(stdin, channel, { end: true }).catch(() => {})
  }
}

async function collected(stream: Readable, onChunk: ExecOptions['onStdout']): Promise<string> {
  const kept: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    await onChunk?.(chunk)
    kept.push(chunk)
    size += chunk.byteLength
    while (size - (kept[0]?.byteLength ?? 0) >= KEPT_BYTES) size -= kept.shift()?.byteLength ?? 0
  }
  return Buffer.concat(kept).toString('utf8')
}
