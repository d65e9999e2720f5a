import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Algorithms, CipherAlgorithm, Connection, Server } from 'ssh2'
import { batchWrites } from './channel-output.ts'
import type { ClusterAccess, ClusterSession } from './cluster-access.ts'
import { ClientConnection, type ConnectionOptions } from './connection.ts'
import { firstBytes } from './first-bytes.ts'
import type { HostKey } from './keys/host-keys.ts'
import { defaultSshLimits, type SshLimits } from './limits.ts'
import { bashPath } from './login.ts'
import { endMarkedProcesses } from './process/marks.ts'
import { PipePool } from './process/pipe-pool.ts'
import { findTerminalMaker, type TerminalMaker } from './terminal/terminal-program.ts'

export interface SshServerOptions {
  /** Commands run as the server's own user: anything but a loopback address lets others in. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly hostKeys: readonly HostKey[]
  readonly access: ClusterAccess
  readonly limits?: Partial<SshLimits>
  /**
   * Begins the mark of every process of this server. Kept with the data folder, it lets the next start end what
   * a killed server left behind (`endProcessesOf`). Letters, digits and `-` only; a random one when left out.
   */
  readonly mark?: string
  /** What makes terminals; null edits lines without one. What the machine has, when left out. */
  readonly terminalMaker?: TerminalMaker | null
}

export interface SshServer {
  readonly port: number
  /** `SHA256:…` of each host key, in the order of the keys. */
  readonly fingerprints: readonly string[]
  /** Ends all connections and everything that was started over them. Resolves when no process is left. */
  close(): Promise<void>
}

/**
 * What clients are told. They go by the name `OpenSSH`: the order of the arguments of SFTP's SYMLINK, which
 * OpenSSH has the wrong way round, depends on it with npm's ssh2 (`SFTP.symlink`), while paramiko always uses
 * OpenSSH's. A cluster's sshd is OpenSSH in all likelihood (inferred).
 */
const IDENTIFICATION = 'OpenSSH_9.2 LocalScale'

const gcm: CipherAlgorithm[] = ['aes128-gcm@openssh.com', 'aes256-gcm@openssh.com']
const ctr: CipherAlgorithm[] = ['aes128-ctr', 'aes192-ctr', 'aes256-ctr']

/**
 * AES-CTR only for clients without GCM (paramiko before 3.4.1). Neither ChaCha20-Poly1305, which OpenSSH would
 * prefer and Node can do only piecewise, nor anything with SHA-1 or CBC.
 */
const algorithms: Algorithms = {
  cipher: [...gcm, ...ctr],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
}

/** OpenSSH has GCM since 6.2 (2013), would choose CTR with an HMAC before it, and is a quarter slower with that here. */
const hasGcm = (firstLine: string): boolean => /^SSH-2\.0-OpenSSH_(?:[7-9]|\d\d)\./.test(firstLine)

export const startSshServer = async (options: SshServerOptions): Promise<SshServer> => {
  const service = new Service(options)
  await service.listen()
  return {
    port: service.port,
    fingerprints: options.hostKeys.map(({ fingerprint }) => fingerprint),
    close: () => service.close(),
  }
}

/** Ends the processes that an earlier server with this mark left behind. */
export const endProcessesOf = (mark: string, grace: number = defaultSshLimits.endGrace): Promise<void> =>
  endMarkedProcesses(`${mark}.`, grace)

class Service {
  readonly #options: SshServerOptions
  readonly #limits: SshLimits
  readonly #mark: string
  readonly #terminalMaker: TerminalMaker | null
  readonly #pipes = new PipePool(bashPath())
  readonly #listener = createServer((socket) => void this.#accept(socket))
  readonly #sockets = new Map<Socket, ClientConnection | null>()
  readonly #clusterMarks = new WeakMap<AbortSignal, string>()
  /** By whether the client has GCM. */
  readonly #engines = new Map<boolean, Promise<Server>>()
  #clusters = 0

  constructor(options: SshServerOptions) {
    this.#options = options
    this.#limits = { ...defaultSshLimits, ...options.limits }
    this.#terminalMaker = options.terminalMaker === undefined ? findTerminalMaker() : options.terminalMaker
    this.#mark = options.mark ?? randomBytes(9).toString('hex')
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port
  }

  async listen(): Promise<void> {
    this.#listener.listen(this.#options.port, this.#options.host)
    await once(this.#listener, 'listening')
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#listener.close(() => resolve()))
    for (const [socket, connection] of this.#sockets) {
      if (connection === null) socket.destroy()
      else connection.end()
    }
    await closed
    if (this.#clusters > 0) await endProcessesOf(this.#mark, this.#limits.endGrace)
    await this.#pipes.close()
  }

  async #accept(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy())
    socket.once('close', () => this.#sockets.delete(socket))
    if (this.#isFull()) {
      socket.destroy()
      return
    }
    this.#sockets.set(socket, null)
    socket.setNoDelay(true)
    // Each channel may wait for the same socket.
    socket.setMaxListeners(0)
    // ssh2 goes on reading when it is ready. Before it looks at what came, so that its answers go out together.
    socket.pause()
    socket.on('data', () => batchWrites(socket))
    this.#limitAuthenticationTime(socket)
    try {
      const engine = await this.#start(hasGcm(await firstBytes(socket)))
      if (!socket.destroyed) engine.injectSocket(socket)
    } catch {
      socket.destroy()
    }
  }

  #isFull(): boolean {
    const unknown = [...this.#sockets.values()].filter((connection) => !connection?.authenticated).length
    return (
      this.#sockets.size >= this.#limits.connections || unknown >= this.#limits.unauthenticatedConnections
    )
  }

  #limitAuthenticationTime(socket: Socket): void {
    const timer = setTimeout(() => {
      if (!this.#sockets.get(socket)?.authenticated) socket.destroy()
    }, this.#limits.authenticationTime)
    socket.once('close', () => clearTimeout(timer))
  }

  /** ssh2 takes 60 ms to load: only when the first client comes. */
  #start(onlyGcm: boolean): Promise<Server> {
    const engine = this.#engines.get(onlyGcm) ?? this.#load(onlyGcm)
    this.#engines.set(onlyGcm, engine)
    return engine
  }

  async #load(onlyGcm: boolean): Promise<Server> {
    const { default: ssh2 } = await import('ssh2')
    const hostKeys = this.#options.hostKeys.map(({ privateKey }) => privateKey)
    const server = new ssh2.Server({
      hostKeys,
      ident: IDENTIFICATION,
      algorithms: onlyGcm ? { ...algorithms, cipher: gcm } : algorithms,
    })
    server.on('connection', (client: Connection, { ip, port }: { ip: string; port: number }) => {
      this.#meet(client, ip, port)
    })
    return server
  }

  /** ssh2 gives no socket, but where it leads to. */
  #meet(client: Connection, address: string, port: number): void {
    for (const socket of this.#sockets.keys()) {
      if (socket.remotePort !== port || socket.remoteAddress !== address) continue
      const options: ConnectionOptions = {
        access: this.#options.access,
        limits: this.#limits,
        pipes: this.#pipes,
        terminalMaker: this.#terminalMaker,
        markOf: (session) => this.#markOf(session),
      }
      this.#sockets.set(socket, new ClientConnection(socket, client, options))
      return
    }
    client.end()
  }

  /** One for each cluster, known by its signal: when it goes down, everything with its mark is ended. */
  #markOf({ down }: ClusterSession): string {
    const known = this.#clusterMarks.get(down)
    if (known !== undefined) return known
    const mark = `${this.#mark}.${++this.#clusters}.`
    this.#clusterMarks.set(down, mark)
    down.addEventListener('abort', () => void endMarkedProcesses(mark, this.#limits.endGrace))
    return mark
  }
}
