import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable, Writable } from 'node:stream'
import type { Io } from '../../client/cli/io.ts'
import { run } from '../../client/cli/run.ts'
import { createRescale, type Rescale, type RescaleOptions } from '../../mock-server/index.ts'

/** How a call of `rescale` ended, and what it wrote where. */
export interface Called {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface CallOptions {
  readonly stdin?: string
  /** Whether stdin, stdout and stderr are a terminal. */
  readonly isTerminal?: boolean
  /** How wide stdout and stderr are. */
  readonly columns?: number
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
  readonly fetch?: Io['fetch']
  /** What a person at the terminal types when this was written. */
  readonly answer?: (written: string) => string | undefined
  /** Sees what is written to either stream, as it is written. */
  readonly onOutput?: (text: string) => void
  /** Stdout takes nothing more once `after` was written to it, or nothing at all. */
  readonly stdoutFails?: { readonly code: 'EPIPE' | 'ENOSPC'; readonly after?: string }
}

/** `rescale` in this process, against a mock in this process, with a home of its own. */
export interface CommandLine extends AsyncDisposable {
  readonly rescale: Rescale
  readonly home: string
  in(...names: string[]): string
  call(args: readonly string[] | string, options?: CallOptions): Promise<Called>
  /** The JSON that a call that must succeed writes. */
  json<T>(args: readonly string[] | string, options?: CallOptions): Promise<T>
}

export async function aCommandLine(options: RescaleOptions = {}): Promise<CommandLine> {
  const rescale = createRescale({ pace: 'settled', ...options })
  const home = await mkdtemp(join(tmpdir(), 'localscale-cli-test-'))
  const call = (args: readonly string[] | string, more: CallOptions = {}) =>
    calledWith(wordsOf(args), ioFor(rescale, home, more))
  return {
    rescale,
    home,
    in: (...names) => join(home, ...names),
    call,
    async json<T>(args: readonly string[] | string, more: CallOptions = {}) {
      const { code, stdout, stderr } = await call([...wordsOf(args), '-o', 'json'], more)
      if (code !== 0) throw new Error(`${args} ended with ${code}: ${stderr}`)
      return JSON.parse(stdout) as T
    },
    async [Symbol.asyncDispose]() {
      await rescale.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

const wordsOf = (args: readonly string[] | string): readonly string[] =>
  typeof args === 'string' ? args.split(' ').filter((word) => word !== '') : args

interface Watched {
  readonly io: Io
  readonly written: { stdout: string; stderr: string }
}

function ioFor(rescale: Rescale, home: string, options: CallOptions): Watched {
  const written = { stdout: '', stderr: '' }
  const { isTerminal = false, columns = 100, signal = new AbortController().signal } = options
  const stdin = isTerminal ? new PassThrough() : Readable.from([options.stdin ?? ''])
  if (isTerminal) stdin.push(options.stdin ?? '')
  const stream = (name: keyof typeof written) =>
    Object.assign(
      new Writable({
        write(chunk, _encoding, done) {
          const { code, after = '' } = options.stdoutFails ?? {}
          if (code && name === 'stdout' && written.stdout.includes(after))
            return done(Object.assign(new Error(`${code}: write`), { code }))
          written[name] += chunk
          options.onOutput?.(String(chunk))
          const typed = options.answer?.(String(chunk))
          if (typed !== undefined) stdin.push(typed)
          done()
        },
      }),
      { isTTY: isTerminal, columns },
    ).on('error', () => {})
  const io: Io = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    stdin: Object.assign(stdin, { isTTY: isTerminal }),
    env: {
      HOME: home,
      RESCALE_API_URL: 'https://rescale.test',
      RESCALE_API_KEY: rescale.apiKey,
      ...options.env,
    },
    signal,
    fetch: options.fetch ?? rescale.fetch,
  }
  return { io, written }
}

async function calledWith(args: readonly string[], { io, written }: Watched): Promise<Called> {
  const code = await run(args, io)
  return { code, ...written }
}
