import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { RequestContext } from '../errors.ts'
import { aborted, failureOf, timedOut } from '../failures.ts'
import {
  pumpText,
  type TransferAnswer,
  type TransferBody,
  type TransferRequest,
  type Transport,
} from './transport.ts'
import type { UndiciTransportOptions } from './undici-transport.ts'

// client.md §2 row 15: a kept connection is often dead after a few seconds of idling.
const KEEP_ALIVE_MS = 4_000
const MAX_CONNECTIONS = 32
// Of what is written over TLS at once, Node tells of nothing as taken before all of it is: a slow line, from 35 KiB/s on,
// shall take that within the time for a piece. It costs no more than 4 MiB (0.4 s of CPU less than 256 KiB for each GiB).
const TLS_PIECE_BYTES = 1024 * 1024

/**
 * Uploads over Node's own http: a body takes a third less CPU than with undici, and half the memory (performance.md,
 * row 16). Knows no proxies.
 */
export function createHttpUploads(options: UndiciTransportOptions, keepAliveMs = KEEP_ALIVE_MS): Transport {
  const base = new URL(options.baseUrl)
  const isTls = base.protocol === 'https:'
  const settings = { keepAlive: true, timeout: keepAliveMs, maxSockets: MAX_CONNECTIONS }
  const agent = isTls ? new HttpsAgent(settings) : new HttpAgent(settings)
  return {
    send(request) {
      const context = options.contextOf(request)
      if (request.signal?.aborted) return Promise.reject(aborted(request.signal.reason, context))
      const path = `${base.pathname.replace(/\/$/, '')}${request.path}`
      const headers = options.headersFor(request, context.requestId)
      const { hostname, port } = base
      // A host of IPv6 stands in brackets in a URL, and without them everywhere else.
      const host = hostname.replace(/^\[|\]$/g, '')
      const outgoing = (isTls ? httpsRequest : httpRequest)({
        agent,
        host,
        port,
        path,
        headers,
        method: request.method,
      })
      return new Upload(outgoing, request, context, options).start()
    },
    close: async () => agent.destroy(),
  }
}

/** One upload on its way. */
class Upload {
  readonly #outgoing: ClientRequest
  readonly #request: TransferRequest
  readonly #context: RequestContext
  readonly #options: UndiciTransportOptions
  #phase: 'send' | 'headers' = 'send'
  #failure: Error | undefined
  #answered = false
  /** Until then the platform cannot have seen anything of the request. */
  #connected = false

  constructor(
    outgoing: ClientRequest,
    request: TransferRequest,
    context: RequestContext,
    options: UndiciTransportOptions,
  ) {
    this.#outgoing = outgoing
    this.#request = request
    this.#context = context
    this.#options = options
  }

  start(): Promise<TransferAnswer> {
    const { signal, body } = this.#request
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', this.#onAbort, { once: true })
      this.#outgoing.once('socket', (socket) => this.#limitConnecting(socket))
      this.#outgoing.once('response', (incoming) => {
        // A refusal may come before the end of the body: what is left of it is of no use.
        this.#answered = true
        this.#outgoing.setTimeout(0)
        resolve(this.#answer(incoming))
      })
      this.#outgoing.on('timeout', () => this.#timedOut())
      this.#outgoing.on('error', (error) => this.#fail(this.#lost(error)))
      this.#outgoing.once('close', () => {
        if (this.#answered) return
        this.#release()
        reject(this.#failure ?? this.#lost(new Error('the connection was closed')))
      })
      void this.#sendAll(body)
    })
  }

  async #sendAll(body: TransferBody | undefined): Promise<void> {
    const { sendMs, uploadAnswerMs } = this.#options.timeouts
    try {
      for await (const chunk of body?.chunks({ reuse: true }) ?? []) {
        for (const piece of this.#timed(chunk)) {
          if (this.#failure || this.#answered) return
          // Of the socket: Node's is not over while it takes some of what is written to it.
          this.#outgoing.setTimeout(sendMs)
          await this.#sent(piece)
        }
        // A source that takes its time is no fault of the platform's.
        this.#outgoing.setTimeout(0)
      }
      if (this.#failure || this.#answered) return
      this.#phase = 'headers'
      this.#outgoing.setTimeout(uploadAnswerMs)
      this.#outgoing.end()
    } catch (error) {
      // The source's own error, such as a file that became shorter: not one of the connection.
      this.#fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  *#timed(chunk: Uint8Array): Iterable<Uint8Array> {
    const most = this.#isTls ? TLS_PIECE_BYTES : chunk.byteLength
    for (let at = 0; at < chunk.byteLength; at += most) yield chunk.subarray(at, at + most)
  }

  get #isTls(): boolean {
    return this.#options.baseUrl.startsWith('https:')
  }

  // The next piece is read when the system has taken this one.
  #sent(chunk: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#outgoing.write(chunk, () => resolve())
    })
  }

  #limitConnecting(socket: Socket): void {
    this.#connected = !socket.connecting
    if (this.#connected) return
    const { connectMs } = this.#options.timeouts
    const timer = setTimeout(() => this.#fail(timedOut('connect', connectMs, this.#context)), connectMs)
    const stop = () => clearTimeout(timer)
    socket.once(this.#isTls ? 'secureConnect' : 'connect', () => {
      this.#connected = true
      stop()
    })
    socket.once('close', stop)
  }

  #lost(error: Error): Error {
    return failureOf(error, this.#context, { maybeSent: this.#connected })
  }

  #timedOut(): void {
    const { sendMs, uploadAnswerMs } = this.#options.timeouts
    const ms = this.#phase === 'send' ? sendMs : uploadAnswerMs
    // The agent's time for idle connections ends here too, where a source takes its time with its first piece.
    if (this.#outgoing.socket?.timeout === ms) this.#fail(timedOut(this.#phase, ms, this.#context))
  }

  readonly #onAbort = () => {
    this.#fail(aborted(this.#request.signal?.reason, this.#context))
  }

  #fail(error: Error): void {
    if (this.#answered) return
    this.#failure ??= error
    this.#outgoing.destroy(this.#failure)
  }

  #release(): void {
    this.#request.signal?.removeEventListener('abort', this.#onAbort)
  }

  #answer(incoming: IncomingMessage): TransferAnswer {
    const headers = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')])
    const answer: TransferAnswer = {
      request: this.#context,
      status: incoming.statusCode ?? 0,
      headers: Object.fromEntries(headers),
      pump: async (write) => {
        incoming.setTimeout(this.#options.timeouts.bodyMs, () =>
          incoming.destroy(timedOut('body', this.#options.timeouts.bodyMs, this.#context)),
        )
        try {
          for await (const chunk of incoming) await write(chunk as Uint8Array)
        } catch (error) {
          throw failureOf(error, this.#context, { maybeSent: true })
        } finally {
          this.#end()
        }
      },
      text: () => pumpText(answer),
      discard: () => this.#end(),
    }
    return answer
  }

  /** A connection whose request was not sent to its end cannot be used again. */
  #end(): void {
    this.#release()
    if (!this.#outgoing.writableFinished) this.#outgoing.destroy()
  }
}
