import type { Socket } from 'node:net'
import type { ServerChannel, Session } from 'ssh2'
import { ChannelInput } from './channel-input.ts'
import { ChannelOutput, wireSignals } from './channel-output.ts'
import { HomeFolder } from './home/home-folder.ts'
import { environmentOf, type Login, mayClientSet } from './login.ts'
import { type RunningSession, runInBash } from './run-in-bash.ts'
import { parseScpCommand } from './scp/scp-command.ts'
import { serveScp } from './scp/serve-scp.ts'
import { serveSftp } from './sftp/sftp-session.ts'
import { answerCommand, answerLines } from './simulated-session.ts'
import { sizeOf, type TerminalRequest, terminalTypeOf } from './terminal/terminal-request.ts'

/** As many variables of its own as a client may set for one session. */
const MAX_CLIENT_VARIABLES = 64

const MAX_VARIABLE_BYTES = 4096

/** ssh2 leaves out the functions where the client wants no answer. */
type Reply = (() => void) | undefined

type Start = { readonly kind: 'command'; readonly command: string } | { readonly kind: 'shell' | 'sftp' }

/** One session channel: what is asked of it before it starts, the one thing that it runs, and its end. */
export class SessionChannel {
  readonly #login: Login
  readonly #socket: Socket
  readonly #mark: string
  readonly #environment = new Map<string, string>()
  readonly #gone = new AbortController()
  #terminal: TerminalRequest | null = null
  #running: RunningSession | null = null
  #channel: ServerChannel | null = null
  #output: ChannelOutput | null = null

  constructor(session: Session, login: Login, socket: Socket, mark: string) {
    this.#login = login
    this.#socket = socket
    this.#mark = mark
    this.#takeSettings(session)
    this.#takeStarts(session)
    session.on('eof', () => this.#staysOpen(session))
    // The channel's own `close` waits until its data has been read, and perhaps nobody reads it.
    session.once('close', () => this.close())
  }

  /** Bytes that came and that nobody took yet. */
  get unread(): number {
    return this.#channel?.readableLength ?? 0
  }

  /** The client closed the channel, or its connection is gone: what still runs is ended. */
  close(): void {
    if (this.#gone.signal.aborted) return
    this.#gone.abort()
    this.#output?.close()
    this.#channel?.resume()
  }

  /** ssh2 takes no more signals and window sizes after the client's EOF, which ends its input and nothing else. */
  #staysOpen(session: Session): void {
    if (this.#channel !== null) Object.assign(session, { _ending: false })
  }

  #takeSettings(session: Session): void {
    session.on('env', (accept: Reply, reject: Reply, { key, val }) => {
      if (this.#setVariable(key, val)) accept?.()
      else reject?.()
    })
    session.on('pty', (accept: Reply, _reject, { rows, cols, ...info }) => {
      // Missing in @types/ssh2.
      const { term } = info as unknown as { term?: string }
      this.#terminal = { type: terminalTypeOf(term), size: sizeOf(rows, cols) }
      accept?.()
    })
    session.on('window-change', (accept: Reply, _reject, { rows, cols }) => {
      this.#running?.resize(sizeOf(rows, cols))
      accept?.()
    })
    session.on('signal', (accept: Reply, reject: Reply, { name }) => {
      if (!wireSignals.has(name)) return reject?.()
      this.#running?.signal(`SIG${name}` as NodeJS.Signals)
      accept?.()
    })
  }

  #setVariable(name: string, value: string): boolean {
    const fits = Buffer.byteLength(value) <= MAX_VARIABLE_BYTES && !value.includes('\0')
    if (!mayClientSet(name) || !fits || this.#environment.size >= MAX_CLIENT_VARIABLES) return false
    this.#environment.set(name, value)
    return true
  }

  #takeStarts(session: Session): void {
    session.on('exec', (accept, _reject, { command }) => this.#start(accept(), { kind: 'command', command }))
    session.on('shell', (accept) => this.#start(accept(), { kind: 'shell' }))
    // Nobody listens to ssh2's own `sftp` event, so that SFTP comes here as a plain channel.
    session.on('subsystem', (accept, reject: Reply, { name }) => {
      if (name === 'sftp') this.#start(accept(), { kind: 'sftp' })
      else reject?.()
    })
  }

  /** ssh2 refuses a second start on the same channel by giving none. */
  #start(channel: ServerChannel | undefined, start: Start): void {
    if (channel === undefined) return
    const input = new ChannelInput(channel)
    const output = new ChannelOutput(channel, this.#socket)
    this.#channel = channel
    this.#output = output
    this.#gone.signal.addEventListener('abort', () => input.close())
    this.#run(input, output, start).catch((error: unknown) => {
      output.write(Buffer.from(`localscale: ${(error as Error).message}\n`), 'stderr')
      output.exit(255)
      void output.end()
    })
  }

  async #run(input: ChannelInput, output: ChannelOutput, start: Start): Promise<void> {
    const environment = environmentOf(this.#login, this.#environment, this.#mark)
    if (start.kind === 'sftp') return this.#serve(output, (home) => this.#sftp(input, output, home))
    const scp = start.kind === 'command' ? parseScpCommand(start.command, environment) : null
    if (scp !== null) return this.#serve(output, (home) => serveScp(input, output, home, scp))
    const command = start.kind === 'command' ? start.command : null
    await this.#execute(command, input, output, environment)
  }

  #sftp(input: ChannelInput, output: ChannelOutput, home: HomeFolder): Promise<number> {
    const { username, limits } = this.#login
    return serveSftp(input, output, { home, username, handleLimit: limits.handlesPerSftpSession })
  }

  /** Whatever is served on files ends with its exit code, as OpenSSH's clients wait for one. */
  async #serve(output: ChannelOutput, serve: (home: HomeFolder) => Promise<number>): Promise<void> {
    const { home, presentedHome, mounts } = this.#login.session
    output.exit(await serve(new HomeFolder(home, presentedHome, mounts)))
    await output.end()
  }

  async #execute(
    command: string | null,
    input: ChannelInput,
    output: ChannelOutput,
    environment: Record<string, string>,
  ): Promise<void> {
    const { shell } = this.#login.session
    if (shell !== 'bash') {
      const order = { shell, environment, gone: this.#gone.signal }
      if (command !== null) return answerCommand(command, input, output, order)
      return answerLines(input, output, order, this.#terminal !== null)
    }
    const order = {
      command,
      environment,
      terminal: this.#terminal,
      mark: this.#mark,
      gone: this.#gone.signal,
    }
    this.#running = await runInBash(this.#login, order, input, output)
  }
}
