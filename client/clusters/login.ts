import { Socket } from 'node:net'
import type { Client, ClientChannel, ConnectConfig, PseudoTtyOptions, SFTPWrapper } from 'ssh2'
import { AbortedError } from '../errors.ts'
import { aborted } from '../failures.ts'
import type { Instance } from '../types.ts'
import { answered } from './answered.ts'
import { ClusterError } from './errors.ts'
import { FileSession } from './file-session.ts'
import { fingerprintOf } from './host-keys.ts'

/** How to log in. */
export interface Credentials {
  /** In OpenSSH's or PEM form. */
  readonly privateKey?: string | undefined
  readonly passphrase?: string | undefined
  /** Path of an agent's socket, such as `SSH_AUTH_SOCK`. */
  readonly agent?: string | undefined
}

export interface LoginOptions {
  readonly jobId: string
  readonly instance: Pick<Instance, 'publicIp' | 'sshPort' | 'username'>
  readonly credentials: Credentials
  /** `SHA256:…`; nobody else is trusted. */
  readonly fingerprints: readonly string[]
  readonly signal?: AbortSignal | undefined
}

const READY_MS = 20_000
// NAT forgets connections that are silent. TCP's own keepalive, because the timer of ssh2's keeps the process alive.
const KEEPALIVE_MS = 15_000

/**
 * One SSH connection to a cluster. While nothing is done over it, it does not keep the process alive. ssh2 is loaded
 * with the first one.
 */
export class Login {
  readonly #client: Client
  readonly #socket: Socket
  readonly jobId: string
  #busy = 0
  #isOpen = true

  private constructor(client: Client, socket: Socket, jobId: string) {
    this.#client = client
    this.#socket = socket
    this.jobId = jobId
    client.on('close', () => {
      this.#isOpen = false
    })
    socket.unref()
  }

  static async open(options: LoginOptions): Promise<Login> {
    const { jobId, instance, signal } = options
    if (signal?.aborted) throw aborted(signal.reason)
    const { default: ssh2 } = await import('ssh2')
    const client = new ssh2.Client()
    const socket = new Socket()
    // Lasting: ssh2 tells several errors of one login, and what is under way later hears of it by its channel.
    client.on('error', () => {})
    let refused: string | undefined
    const hostVerifier = (key: Buffer) => {
      const fingerprint = fingerprintOf(key)
      if (options.fingerprints.includes(fingerprint)) return true
      refused = fingerprint
      return false
    }
    try {
      const ready = untilReady(client, signal)
      client.connect({ ...configFor(options, socket), hostVerifier })
      socket.connect({ host: instance.publicIp, port: instance.sshPort })
      socket.setNoDelay(true)
      socket.setKeepAlive(true, KEEPALIVE_MS)
      await ready
      return new Login(client, socket, jobId)
    } catch (error) {
      client.destroy()
      socket.destroy()
      if (signal?.aborted) throw aborted(signal.reason)
      throw refused === undefined ? loginFailed(error, options) : hostKeyRefused(refused, options)
    }
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /**
   * Starts a command. `attach` is called with its channel at once: a command that does next to nothing has told its
   * exit code, and closed, before a promise would be continued.
   */
  exec<T>(command: string, attach: (channel: ClientChannel) => T): Promise<T> {
    return this.#opened((done) => this.#client.exec(command, done), attach)
  }

  /** A shell on the cluster, in a terminal unless that is false. */
  shell<T>(terminal: PseudoTtyOptions | false, attach: (channel: ClientChannel) => T): Promise<T> {
    return this.#opened((done) => this.#client.shell(terminal, done), attach)
  }

  /** Hands a file session over, and closes it afterwards; `signal` closes it under way. */
  async withFiles<T>(work: (session: FileSession) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const session = await this.#opened<SFTPWrapper, FileSession>(
      (done) => this.#client.sftp(done),
      (sftp) => new FileSession(sftp),
    )
    const stop = () => session.end()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      if (signal?.aborted) throw aborted(signal.reason)
      return await work(session)
    } catch (error) {
      if (signal?.aborted) throw aborted(signal.reason)
      if (error instanceof AbortedError || error instanceof ClusterError) throw error
      throw this.#broken(error instanceof Error ? error.message : String(error), error)
    } finally {
      signal?.removeEventListener('abort', stop)
      session.end()
    }
  }

  /** The process stays alive while `work` goes on. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy++ === 0) this.#socket.ref()
    try {
      return await work()
    } finally {
      if (--this.#busy === 0) this.#socket.unref()
    }
  }

  /** Ends it without waiting for the other side, which may be gone. */
  drop(): void {
    this.#isOpen = false
    this.#client.destroy()
  }

  lost(): ClusterError {
    return this.#broken('the connection was lost')
  }

  close(): void {
    this.#isOpen = false
    this.#client.end()
    this.#socket.unref()
  }

  #opened<Opened, T>(
    open: (done: (error: Error | undefined, opened: Opened) => void) => unknown,
    attach: (opened: Opened) => T,
  ): Promise<T> {
    return answered<T>(
      this.#client,
      () => this.lost(),
      (done) =>
        open((error, opened) => {
          if (error) done(this.#broken(error.message, error), undefined as T)
          else done(undefined, attach(opened))
        }),
    )
  }

  #broken(why: string, cause?: unknown): ClusterError {
    return new ClusterError(
      `SSH to the cluster of ${this.jobId}: ${why}`,
      { jobId: this.jobId, kind: 'transfer' },
      { cause },
    )
  }
}

/** The agent's own trouble is not the login's: there may be a key. It is told as the cause of what comes of it. */
function untilReady(client: Client, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let ofAgent: Error | undefined
    const abort = () => reject(signal?.reason)
    signal?.addEventListener('abort', abort, { once: true })
    const settled = () => signal?.removeEventListener('abort', abort)
    client.once('ready', () => {
      settled()
      resolve()
    })
    client.on('error', (error: Error & { level?: string }) => {
      if (error.level === 'agent') {
        ofAgent = error
        return
      }
      settled()
      error.cause ??= ofAgent
      reject(error)
    })
  })
}

function configFor({ instance, credentials }: LoginOptions, sock: Socket): ConnectConfig {
  const { privateKey, passphrase, agent } = credentials
  return {
    sock,
    username: instance.username,
    readyTimeout: READY_MS,
    ...(privateKey !== undefined && { privateKey }),
    ...(passphrase !== undefined && { passphrase }),
    ...(agent !== undefined && { agent }),
  }
}

function loginFailed(cause: unknown, { jobId, instance, credentials }: LoginOptions): ClusterError {
  const why = cause instanceof Error ? cause.message : String(cause)
  const ofAgent = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : undefined
  const where = `${instance.username}@${instance.publicIp}:${instance.sshPort}`
  return new ClusterError(
    `Cannot log in to ${where}: ${why}`,
    { jobId, kind: 'login' },
    { cause, hint: ofAgent === undefined ? hintFor(why) : agentHint(credentials, ofAgent) },
  )
}

function agentHint({ agent }: Credentials, why: string): string {
  return `The agent at ${agent} is of no use (${why}): start it, or name a key.`
}

function hintFor(why: string): string {
  if (/authentication/i.test(why))
    return 'The key has to be in your job settings on the platform, or to come with the job (publicKey).'
  if (/passphrase|privateKey/i.test(why)) return 'Unlock the key in an agent (ssh-add), or use another one.'
  return 'Can this machine reach the cluster? Its cidrRule says who may.'
}

function hostKeyRefused(fingerprint: string, { jobId, instance, fingerprints }: LoginOptions): ClusterError {
  const known = fingerprints.join(', ') || 'none'
  return new ClusterError(
    `${instance.publicIp}:${instance.sshPort} has the host key ${fingerprint}, which the job’s log does not name`,
    { jobId, kind: 'host-key' },
    { hint: `Somebody else may answer there. Known: ${known}.` },
  )
}
