import { once } from 'node:events'
import { aborted } from '../failures.ts'
import type { JobsResource } from '../resources/jobs.ts'
import type { CallOptions, Instance } from '../types.ts'
import { type ExecOptions, type ExecResult, exec } from './exec.ts'
import { type Copied, type CopyOptions, get, put } from './files.ts'
import { Heartbeat } from './heartbeat.ts'
import { BEAT_COMMAND } from './keep-alive-command.ts'
import { type Credentials, Login } from './login.ts'

/** What a cluster is reached by. */
export interface ClusterAccess {
  readonly jobId: string
  readonly instances: readonly Instance[]
  /** Of the host keys that the job's log names: `SHA256:…`. */
  readonly fingerprints: readonly string[]
  readonly credentials: Credentials
}

export interface ClusterLife {
  /** Between two signs of life; none are given without it. */
  readonly beatMs?: number | undefined
  /** Whether the job is stopped along with the cluster object. */
  readonly isOwned: boolean
  readonly onProblem?: ((error: unknown) => void) | undefined
  /** Called when the cluster need not be stopped any more. */
  readonly onStopped?: (() => void) | undefined
}

// Beats share the connection with everything else, and are quick or none.
const BEAT_PATIENCE_MS = 15_000

/** A running cluster that takes orders by SSH. */
export class Cluster implements AsyncDisposable {
  readonly jobId: string
  readonly instances: readonly Instance[]
  readonly fingerprints: readonly string[]
  readonly #access: ClusterAccess
  readonly #life: ClusterLife
  readonly #jobs: JobsResource
  readonly #heartbeat: Heartbeat | undefined
  #login: Promise<Login> | undefined
  #stopping: Promise<void> | undefined

  constructor(jobs: JobsResource, access: ClusterAccess, life: ClusterLife) {
    this.jobId = access.jobId
    this.instances = access.instances
    this.fingerprints = access.fingerprints
    this.#access = access
    this.#life = life
    this.#jobs = jobs
    const { beatMs, onProblem = () => {} } = life
    this.#heartbeat =
      beatMs === undefined
        ? undefined
        : new Heartbeat({ everyMs: beatMs, beat: () => this.#beat(), onProblem })
  }

  /** The machine that is logged in to: the first of several. */
  get instance(): Instance {
    return headOf(this.instances)
  }

  /**
   * Runs a command in the home folder (inputs and results are in `work`), with its output as it comes. Resolves when
   * it has ended, whatever its exit code.
   */
  async exec(command: string, options: ExecOptions = {}): Promise<ExecResult> {
    const { stdin } = options
    // It may fail before anybody reads it; the command then tells.
    if (stdin !== undefined && typeof stdin !== 'string') stdin.once('error', () => {})
    return exec(await this.login(options.signal), command, options)
  }

  /** Copies a file or folder to the cluster. Relative paths begin at the home folder. */
  async put(local: string, remote: string, options: CopyOptions = {}): Promise<Copied> {
    return put(await this.login(options.signal), local, remote, options)
  }

  /** Copies a file or folder from the cluster. */
  async get(remote: string, local: string, options: CopyOptions = {}): Promise<Copied> {
    return get(await this.login(options.signal), remote, local, options)
  }

  /** The connection that everything goes over; a new one when it was lost. */
  async login(signal?: AbortSignal): Promise<Login> {
    if (signal?.aborted) throw aborted(signal.reason)
    const known = this.#login
    const present = await known?.catch(() => undefined)
    if (present?.isOpen) return present
    // Somebody else has begun another meanwhile.
    if (this.#login !== known) return this.login(signal)
    const { jobId, credentials, fingerprints } = this.#access
    this.#login = Login.open({ jobId, instance: this.instance, credentials, fingerprints, signal })
    return this.#login
  }

  /** Stops the job and hangs up. What is in `work` becomes outputs of the job. */
  stop(options: CallOptions = {}): Promise<void> {
    this.#stopping ??= this.#stop(options).catch((error) => {
      // Whoever asks again shall have another try.
      this.#stopping = undefined
      throw error
    })
    return this.#stopping
  }

  /** Hangs up and, if the cluster was started by this client, stops its job. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#life.isOwned) await this.stop()
    else await this.#hangUp()
  }

  async #stop(options: CallOptions): Promise<void> {
    try {
      // It may be over already: by its walltime, the dead-man switch or somebody else.
      await this.#jobs.ensureStopped(this.jobId, options)
      this.#life.onStopped?.()
    } finally {
      // Also where nothing reaches the platform: without signs of life it ends itself.
      await this.#hangUp()
    }
  }

  async #hangUp(): Promise<void> {
    this.#heartbeat?.stop()
    const login = await this.#login?.catch(() => undefined)
    login?.close()
  }

  async #beat(): Promise<void> {
    const patience = AbortSignal.timeout(BEAT_PATIENCE_MS)
    const login = await this.login(patience)
    // A connection that does not answer is dead: whoever waits for something on it hears so, and the next beat makes
    // a new one.
    const drop = () => login.drop()
    patience.addEventListener('abort', drop, { once: true })
    try {
      await login.exec(BEAT_COMMAND, (channel) => {
        channel.resume()
        channel.stderr.resume()
        return once(channel, 'close')
      })
      if (!login.isOpen) throw login.lost()
    } finally {
      patience.removeEventListener('abort', drop)
    }
  }
}

export function headOf(instances: readonly Instance[]): Instance {
  const head = instances.find(({ role }) => role === 'MPI_MASTER') ?? instances[0]
  if (!head) throw new RangeError('A cluster has at least one instance')
  return head
}
