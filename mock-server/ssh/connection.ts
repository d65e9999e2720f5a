import type { Socket } from 'node:net'
import type { Connection, Session } from 'ssh2'
import { type Admission, Authentication } from './authentication.ts'
import type { ClusterAccess, ClusterSession } from './cluster-access.ts'
import { MAX_UNREAD_BYTES, MAX_UNSENT_BYTES, type SshLimits } from './limits.ts'
import type { Login } from './login.ts'
import type { PipePool } from './process/pipe-pool.ts'
import { SessionChannel } from './session-channel.ts'
import type { TerminalMaker } from './terminal/terminal-program.ts'

/** A client that does not even read the goodbye is cut off then. */
const GOODBYE_MILLISECONDS = 1_000

export interface ConnectionOptions {
  readonly access: ClusterAccess
  readonly limits: SshLimits
  readonly pipes: PipePool
  readonly terminalMaker: TerminalMaker | null
  /** The mark that begins those of all processes of this cluster. */
  markOf(session: ClusterSession): string
}

/** One client's connection, from its first byte to its last. */
export class ClientConnection {
  readonly #socket: Socket
  readonly #client: Connection
  readonly #options: ConnectionOptions
  readonly #authentication: Authentication
  readonly #channels = new Set<SessionChannel>()
  readonly #end = (): void => this.end()
  #login: Login | null = null
  #lastChannel = 0
  #timer: NodeJS.Timeout | undefined

  constructor(socket: Socket, client: Connection, options: ConnectionOptions) {
    this.#socket = socket
    this.#client = client
    this.#options = options
    const { access, limits } = options
    this.#authentication = new Authentication(access, limits.authenticationTries, this.#end)
    client.on('authentication', (context) => this.#authentication.decide(context))
    client.on('ready', () => this.#begin())
    client.on('session', (accept, reject) => this.#openSession(accept, reject))
    client.on('request', (_accept: unknown, reject: (() => void) | undefined) => reject?.())
    // Broken clients and networks are no event here; the socket closes in any case.
    client.on('error', () => undefined)
    socket.on('data', () => this.#watch())
    socket.once('close', () => this.#closed())
  }

  get authenticated(): boolean {
    return this.#login !== null
  }

  /** Says goodbye and closes; what runs is ended. */
  end(): void {
    this.#client.end()
    this.#socket.destroySoon()
    const timer = setTimeout(() => this.#socket.destroy(), GOODBYE_MILLISECONDS)
    this.#socket.once('close', () => clearTimeout(timer))
  }

  #begin(): void {
    const { admission } = this.#authentication
    if (admission === null) this.end()
    else this.#welcome(admission)
  }

  #welcome({ username, session }: Admission): void {
    const { limits, pipes, terminalMaker, markOf } = this.#options
    const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = this.#socket
    this.#login = {
      username,
      session,
      limits,
      pipes,
      terminalMaker,
      clusterMark: markOf(session),
      endpoints: [remoteAddress, remotePort, localAddress, localPort],
    }
    if (session.shell === 'bash') pipes.prepare()
    session.down.addEventListener('abort', this.#end)
    if (session.down.aborted) this.end()
    this.#watchIdleness()
  }

  #openSession(accept: () => Session, reject: () => void): void {
    const login = this.#login
    const full = this.#channels.size >= this.#options.limits.channelsPerConnection
    if (login === null || full) reject()
    else this.#addChannel(login, accept())
  }

  #addChannel(login: Login, session: Session): void {
    const mark = `${login.clusterMark}${this.#socket.remotePort}.${++this.#lastChannel}.`
    const channel = new SessionChannel(session, login, this.#socket, mark)
    this.#channels.add(channel)
    clearTimeout(this.#timer)
    session.once('close', () => {
      this.#channels.delete(channel)
      this.#watchIdleness()
    })
  }

  #watchIdleness(): void {
    clearTimeout(this.#timer)
    if (this.#channels.size > 0 || this.#socket.destroyed) return
    this.#timer = setTimeout(this.#end, this.#options.limits.idleTime)
  }

  /** ssh2 holds clients neither to the channel's window nor to reading what they asked for. */
  #watch(): void {
    let unread = 0
    for (const channel of this.#channels) unread = Math.max(unread, channel.unread)
    if (unread > MAX_UNREAD_BYTES || this.#socket.writableLength > MAX_UNSENT_BYTES) this.#socket.destroy()
  }

  #closed(): void {
    clearTimeout(this.#timer)
    this.#authentication.close()
    this.#login?.session.down.removeEventListener('abort', this.#end)
    for (const channel of this.#channels) channel.close()
    this.#channels.clear()
  }
}
