import type { Socket } from 'node:net'
import type { ServerChannel } from 'ssh2'
import { CHANNEL_WINDOW, SOCKET_HIGH_WATER } from './limits.ts'

export type OutputKind = 'stdout' | 'stderr'

/** How a session's program ended: its exit code, or the signal that ended it. */
export type ProgramEnd = number | NodeJS.Signals

interface Piece {
  readonly kind: OutputKind
  readonly bytes: Uint8Array
}

/** RFC 4254 §6.10, without SIG. ssh2 refuses to send other names, and sshd passes no others on. */
export const wireSignals: ReadonlySet<string> = new Set(
  'ABRT ALRM FPE HUP ILL INT KILL PIPE QUIT SEGV TERM USR1 USR2'.split(' '),
)

/**
 * What a session sends. Takes everything at once and says by `room` when the sender should wait.
 * ssh2 looks at the channel's window only, so the socket's own backlog is watched here.
 */
export class ChannelOutput {
  readonly #channel: ServerChannel
  readonly #socket: Socket
  #sending: OutputKind = 'stdout'
  #unsent = 0
  #waiting: Piece[] = []
  #waitingBytes = 0
  #wakers: (() => void)[] = []
  #closed = false
  #awaitsDrain = false

  constructor(channel: ServerChannel, socket: Socket) {
    this.#channel = channel
    this.#socket = socket
    channel.on('error', () => this.close())
    channel.stderr.on('error', () => this.close())
  }

  get closed(): boolean {
    return this.#closed
  }

  write(bytes: Uint8Array, kind: OutputKind = 'stdout'): void {
    if (this.#closed || bytes.length === 0) return
    const free = this.#waiting.length === 0 && (this.#unsent === 0 || this.#sending === kind)
    if (free) this.#send({ kind, bytes })
    else this.#wait({ kind, bytes })
  }

  /** Null when more may be written at once, else a promise for that moment. Also kept when the channel closes. */
  room(): Promise<void> | null {
    return this.#hasRoom() ? null : this.#untilRoom()
  }

  /** Tells how the program ended. May come before the last output, as it does with sshd. */
  exit(end: ProgramEnd, signalNumber = 0): void {
    if (this.#closed) return
    const name = typeof end === 'number' ? null : end.slice('SIG'.length)
    this.#try(() => {
      if (typeof end === 'number') this.#channel.exit(end)
      else if (name !== null && wireSignals.has(name)) this.#channel.exit(name, false, '')
      else this.#channel.exit(128 + signalNumber)
    })
  }

  /** Sends what is left, then EOF and close. */
  async end(): Promise<void> {
    while (!this.#closed && this.#unsent + this.#waitingBytes > 0) await this.#nextChange()
    if (!this.#closed) this.#try(() => this.#channel.end())
  }

  /** The channel or its connection is gone. */
  close(): void {
    this.#closed = true
    this.#waiting = []
    this.#waitingBytes = 0
    this.#wake()
  }

  #wait(piece: Piece): void {
    this.#waiting.push(piece)
    this.#waitingBytes += piece.bytes.length
  }

  #awaitDrain(): void {
    if (this.#awaitsDrain) return
    this.#awaitsDrain = true
    this.#socket.once('drain', () => {
      this.#awaitsDrain = false
      this.#wake()
    })
  }

  #hasRoom(): boolean {
    if (this.#closed) return true
    const withinWindow = this.#unsent + this.#waitingBytes < CHANNEL_WINDOW
    return withinWindow && this.#socket.writableLength <= SOCKET_HIGH_WATER
  }

  async #untilRoom(): Promise<void> {
    while (!this.#hasRoom()) {
      if (this.#socket.writableLength > SOCKET_HIGH_WATER) this.#awaitDrain()
      await this.#nextChange()
    }
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => this.#wakers.push(resolve))
  }

  #send({ kind, bytes }: Piece): void {
    this.#sending = kind
    this.#unsent += bytes.length
    const stream = kind === 'stdout' ? this.#channel : this.#channel.stderr
    batchWrites(this.#socket)
    this.#try(() => stream.write(bytes, () => this.#sent(bytes.length)))
  }

  #sent(count: number): void {
    this.#unsent -= count
    if (this.#unsent === 0) {
      forgetStalledPiece(this.#channel)
      this.#sendWaiting()
    }
    if (this.#wakers.length > 0) this.#wake()
  }

  #sendWaiting(): void {
    for (let piece = this.#waiting[0]; piece !== undefined; piece = this.#waiting[0]) {
      if (this.#unsent > 0 && piece.kind !== this.#sending) return
      this.#waiting.shift()
      this.#waitingBytes -= piece.bytes.length
      this.#send(piece)
    }
  }

  /** Wakes all: each looks for itself whether its time has come. */
  readonly #wake = (): void => {
    const wakers = this.#wakers
    this.#wakers = []
    for (const wake of wakers) wake()
  }

  /** ssh2 throws when the connection broke under its feet. */
  #try(action: () => void): void {
    try {
      action()
    } catch {
      this.close()
    }
  }
}

const batched = new WeakSet<Socket>()

/** ssh2 writes each packet in three pieces; all of one turn of the event loop go out in one system call. */
export const batchWrites = (socket: Socket): void => {
  if (batched.has(socket)) return
  batched.add(socket)
  socket.cork()
  process.nextTick(() => {
    batched.delete(socket)
    socket.uncork()
  })
}

/**
 * ssh2 1.17 keeps the piece of stdout for which the window was too small after having sent it, and sends it
 * again when later stderr has to wait for the window (server.js, CHANNEL_WINDOW_ADJUST looks at `_chunk` first).
 * Hence only one of the two is ever under way here, and nothing is left behind when they change places.
 */
const forgetStalledPiece = (channel: ServerChannel): void => {
  Object.assign(channel, {
    _chunk: undefined,
    _chunkcb: undefined,
    _chunkErr: undefined,
    _chunkcbErr: undefined,
  })
}
