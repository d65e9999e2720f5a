import { Agent, type Dispatcher, Pool, ProxyAgent } from 'undici'
import type { RequestContext } from '../errors.ts'
import { aborted, failureOf, timedOut } from '../failures.ts'
import { agentOptions, type ProxySettings } from '../requests/proxy.ts'
import {
  pumpText,
  type TransferAnswer,
  type TransferBody,
  type TransferRequest,
  type Transport,
} from './transport.ts'

export interface UndiciTransportOptions {
  readonly baseUrl: string
  /** Headers that every request carries, and its id. */
  readonly headersFor: (request: TransferRequest, requestId: string) => Record<string, string>
  readonly contextOf: (request: TransferRequest) => RequestContext
  readonly timeouts: TransferTimeouts
  readonly proxy?: ProxySettings | undefined
}

export interface TransferTimeouts {
  readonly connectMs: number
  /** Without the socket taking a byte. */
  readonly sendMs: number
  /** From a request without a body to the head of the answer. */
  readonly headersMs: number
  /** From the end of an upload to the head of the answer. */
  readonly uploadAnswerMs: number
  /** Between two pieces of the answer's body. */
  readonly bodyMs: number
}

// client.md §2 row 15: a kept connection is often dead after a few seconds of idling.
const KEEP_ALIVE_MS = 4_000
// client.md §1B: ten for one download, and some for others at the same time.
const MAX_CONNECTIONS = 32
// A slow line shall take a piece within the time for one.
const TIMED_BYTES = 64 * 1024

/** Transfers over connections of their own, with no copy between socket and taker. */
export function createUndiciTransport(options: UndiciTransportOptions): Transport {
  const base = new URL(options.baseUrl)
  const settings = {
    connections: MAX_CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: { timeout: options.timeouts.connectMs },
  }
  const agent = options.proxy
    ? new ProxyAgent({ ...settings, ...agentOptions(options.proxy, Pool, options.timeouts.connectMs) })
    : new Agent(settings)
  return {
    send: (request) => new Exchange(request, options).start(agent, base),
    close: () => agent.close(),
  }
}

type Write = (chunk: Uint8Array) => void | Promise<void>

interface Settle<T> {
  resolve(value: T): void
  reject(error: Error): void
}

/** One request on its way: undici's handler on one side, a `TransferAnswer` on the other. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: TransferRequest
  readonly #options: UndiciTransportOptions
  readonly #context: RequestContext
  #controller: Dispatcher.DispatchController | undefined
  #head: Settle<TransferAnswer> | undefined
  #body: Settle<void> | undefined
  #write: Write | undefined
  #timer: NodeJS.Timeout | undefined
  #failure: Error | undefined
  #ended = false

  constructor(request: TransferRequest, options: UndiciTransportOptions) {
    this.#request = request
    this.#options = options
    this.#context = options.contextOf(request)
  }

  start(agent: Dispatcher, base: URL): Promise<TransferAnswer> {
    const { signal, method, body } = this.#request
    const { timeouts, headersFor } = this.#options
    return new Promise((resolve, reject) => {
      this.#head = { resolve, reject }
      if (signal?.aborted) return this.#fail(aborted(signal.reason, this.#context))
      signal?.addEventListener('abort', this.#onAbort, { once: true })
      const options = {
        origin: base.origin,
        path: `${base.pathname.replace(/\/$/, '')}${this.#request.path}`,
        method,
        headers: headersFor(this.#request, this.#context.requestId),
        // undici's own timer would start before the body is sent.
        headersTimeout: body ? 0 : timeouts.headersMs,
        bodyTimeout: timeouts.bodyMs,
        body: body ? this.#sending(body) : null,
      }
      // undici takes any async iterable as a body; its types name streams only.
      agent.dispatch(options as Dispatcher.DispatchOptions, this)
    })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#failure) controller.abort(this.#failure)
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return
    clearTimeout(this.#timer)
    controller.pause()
    this.#head?.resolve(this.#answer(status, headers))
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    try {
      const busy = this.#write?.(chunk)
      if (!busy) return
      controller.pause()
      busy.then(
        () => controller.resume(),
        (error) => this.#end(error),
      )
    } catch (error) {
      // The taker's own error, such as ENOSPC from writing the file: not one of the connection.
      this.#end(error)
    }
  }

  onResponseEnd(): void {
    this.#ended = true
    this.#release()
    this.#body?.resolve()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error)
  }

  readonly #onAbort = () => {
    this.#fail(aborted(this.#request.signal?.reason, this.#context))
  }

  #fail(thrown: unknown): void {
    const { timeouts } = this.#options
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
    const limit = code === 'UND_ERR_CONNECT_TIMEOUT' ? timeouts.connectMs : timeouts.bodyMs
    // undici starts a request when it has a connection for it.
    const maybeSent = this.#controller !== undefined
    this.#end(failureOf(thrown, this.#context, { timeoutMs: limit, maybeSent }))
  }

  #end(thrown: unknown): void {
    if (this.#ended || this.#failure) return
    this.#failure = thrown instanceof Error ? thrown : new Error(String(thrown))
    this.#release()
    this.#controller?.abort(this.#failure)
    this.#head?.reject(this.#failure)
    this.#body?.reject(this.#failure)
  }

  #release(): void {
    clearTimeout(this.#timer)
    this.#request.signal?.removeEventListener('abort', this.#onAbort)
  }

  // The next piece is asked for when the socket has taken the last one.
  async *#sending(body: TransferBody): AsyncGenerator<Uint8Array, void, undefined> {
    const { sendMs, uploadAnswerMs } = this.#options.timeouts
    try {
      // A socket may keep a small piece for later: its memory must not be used again meanwhile.
      for await (const chunk of body.chunks()) {
        for (let at = 0; at < chunk.byteLength; at += TIMED_BYTES) {
          this.#limit('send', sendMs)
          yield chunk.subarray(at, at + TIMED_BYTES)
          clearTimeout(this.#timer)
        }
      }
    } catch (error) {
      this.#end(error)
      throw error
    }
    this.#limit('headers', uploadAnswerMs)
  }

  #limit(phase: 'send' | 'headers', ms: number): void {
    clearTimeout(this.#timer)
    if (this.#failure || this.#ended) return
    this.#timer = setTimeout(() => this.#fail(timedOut(phase, ms, this.#context)), ms)
  }

  #answer(status: number, headers: Record<string, string | string[] | undefined>): TransferAnswer {
    const answer = {
      request: this.#context,
      status,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
      ),
      pump: (write: Write) => this.#pump(write),
      text: () => pumpText(answer),
      discard: () => this.#fail(aborted('not needed', this.#context)),
    }
    return answer
  }

  #pump(write: Write): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure)
      this.#write = write
      this.#body = { resolve, reject }
      this.#controller?.resume()
    })
  }
}
