import { PassThrough } from 'node:stream'
import type { RescaleClient } from '../client.ts'
import type { ExitName } from './exit-codes.ts'
import { Failure } from './exit-codes.ts'
import { duration } from './format.ts'
import type { Io } from './io.ts'
import { Output, type OutputForm } from './output.ts'
import { ProgressDisplay } from './progress.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly profile?: string
  readonly url?: string
  readonly apiKey?: string
  readonly config?: string
  readonly output?: OutputForm
  readonly field?: string
  readonly quiet?: boolean
  readonly color?: boolean
  readonly patient?: boolean
}

/** Pauses that the platform asks for are kept, however long. */
const PATIENT_MS = 24 * 3600 * 1000
/** Pauses shorter than that are not worth a word. */
const TOLD_PAUSE_MS = 2_000

/** One call of `rescale`: its options, its client, and how it will end. */
export class Session {
  readonly io: Io
  exit: ExitName = 'ok'
  /** Of a command on a cluster, which `exec` and `ssh` end with as well. */
  remoteExit: number | undefined
  /** The job that this call has made, which may go on whatever ends the call. */
  job: string | undefined
  /** Whether what it says is how a job goes. */
  isFollowing = false
  /** Aborted by whoever interrupts the call, and when stdout takes nothing more. */
  readonly signal: AbortSignal
  readonly #lost = new AbortController()
  #globals: GlobalOptions = {}
  #output: Output | undefined
  #client: Promise<RescaleClient> | undefined

  constructor(io: Io) {
    this.io = io
    this.signal = AbortSignal.any([io.signal, this.#lost.signal])
  }

  configure(globals: GlobalOptions): void {
    this.#globals = globals
    this.#output = undefined
  }

  get globals(): GlobalOptions {
    return this.#globals
  }

  /** Why stdout takes nothing more. */
  get lostOutput(): Failure | undefined {
    return this.#lost.signal.reason as Failure | undefined
  }

  /** Whether nobody waits for the rest: by Ctrl+C, by SIGTERM, or as the reader of stdout has gone. */
  get isAbandoned(): boolean {
    return this.io.signal.aborted || this.lostOutput?.exit === 'unread'
  }

  readonly loseOutput = (error: unknown): void => {
    const { code, message } = error as NodeJS.ErrnoException
    this.#lost.abort(
      code === 'EPIPE'
        ? new Failure('unread', 'Nobody reads on')
        : new Failure('error', `stdout cannot be written: ${message}`),
    )
  }

  get out(): Output {
    const { output, field, color = true, quiet = false } = this.#globals
    this.#output ??= new Output(this.io, output ?? 'human', {
      colour: color,
      quiet,
      field,
      onLost: this.loseOutput,
    })
    return this.#output
  }

  /** Made, and its code loaded, when it is first needed. */
  client(): Promise<RescaleClient> {
    this.#client ??= this.#connect()
    return this.#client
  }

  /** What a client is made with: flags; the client itself looks at environment and profile. */
  clientOptions() {
    const { profile, url, apiKey, config, patient } = this.#globals
    return {
      profile,
      baseUrl: url,
      apiKey,
      configFile: config,
      env: this.io.env,
      fetch: this.io.fetch,
      ...(patient && { retries: { maxRetryAfterMs: PATIENT_MS } }),
    }
  }

  /** A display of how far a transfer is; silent with `--quiet`. */
  progress(): ProgressDisplay {
    return new ProgressDisplay(this.#globals.quiet ? new PassThrough().resume() : this.io.stderr)
  }

  fail(exit: ExitName, message: string, hint?: string): never {
    throw new Failure(exit, message, hint)
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined)
    await client?.close()
  }

  async #connect(): Promise<RescaleClient> {
    const { createClient } = await import('../client.ts')
    const client = createClient({
      ...this.clientOptions(),
      onThrottle: ({ scope, waitMs, reason }) => {
        if (waitMs >= TOLD_PAUSE_MS) this.out.note(`waiting ${duration(waitMs)} (${reason}, ${scope})`)
      },
      onRetry: ({ status, failure, delayMs }) => {
        const why = failure?.message ?? `the platform answered ${status}`
        if (delayMs >= TOLD_PAUSE_MS) this.out.note(`${why}; again in ${duration(delayMs)}`)
      },
    })
    for (const warning of client.settings.warnings) this.out.warn(warning)
    return client
  }
}
