import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type RequestContext, RescaleError } from '../errors.ts'
import { aborted, failureOf, timedOut } from '../failures.ts'
import { BodyHandover, type Write } from './body-handover.ts'
import { type HttpHead, NotPlain, parseHead, requestHead } from './http-head.ts'
import { ReadBlocks } from './read-blocks.ts'
import { pumpText, type TransferAnswer, type TransferRequest } from './transport.ts'
import type { UndiciTransportOptions } from './undici-transport.ts'

// client.md §2 row 15: a kept connection is often dead after a few seconds of idling.
const KEEP_ALIVE_MS = 4_000
const MAX_HEAD_BYTES = 64 * 1024
const HEAD_END = '\r\n\r\n'

interface Settle<T> {
  resolve(value: T): void
  reject(error: unknown): void
}

/** What a connection is doing. */
type Phase = 'connect' | 'headers' | 'body' | 'idle'

/** One connection, which carries one request after the other. */
export class DownloadConnection {
  readonly #options: UndiciTransportOptions
  readonly #idle: Set<DownloadConnection>
  readonly #blocks = new ReadBlocks()
  readonly #socket: Socket
  #phase: Phase = 'connect'
  #request: TransferRequest | undefined
  #context: RequestContext | undefined
  #head: Settle<TransferAnswer> | undefined
  #body: BodyHandover | undefined
  #taken: Settle<void> | undefined
  #text = ''
  #keepsAlive = false
  #heard = false
  #reused = false
  #failure: unknown

  constructor(options: UndiciTransportOptions, idle: Set<DownloadConnection>) {
    this.#options = options
    this.#idle = idle
    const base = new URL(options.baseUrl)
    const isTls = base.protocol === 'https:'
    // A host of IPv6 stands in brackets in a URL, and without them everywhere else.
    const host = base.hostname.replace(/^\[|\]$/g, '')
    const onread = {
      buffer: () => this.#blocks.room(),
      callback: (length: number) => this.#received(length),
    }
    const to = { host, port: Number(base.port) || (isTls ? 443 : 80), onread, noDelay: true }
    const servername = /^[\d.]+$|:/.test(host) ? {} : { servername: host }
    this.#socket = isTls ? connectTls({ ...to, ...servername }) : connectPlain(to)
    this.#socket.once(isTls ? 'secureConnect' : 'connect', () => this.#await('headers'))
    this.#socket.on('timeout', () => this.#timedOut())
    this.#socket.on('error', (error) => this.#lost(error))
    this.#socket.on('end', () => this.#lost(new Error('the server closed the connection')))
    this.#socket.on('close', () => this.#lost(new Error('the connection was closed')))
  }

  /** Whether it broke before the server can have seen a request on it: one that was kept for too long. */
  get wasDead(): boolean {
    return this.#reused && !this.#heard
  }

  send(request: TransferRequest, context: RequestContext): Promise<TransferAnswer> {
    const base = new URL(this.#options.baseUrl)
    const headers = { Host: base.host, ...this.#options.headersFor(request, context.requestId) }
    this.#request = request
    this.#context = context
    this.#heard = false
    return new Promise((resolve, reject) => {
      this.#head = { resolve, reject }
      if (request.signal?.aborted) return this.#onAbort()
      request.signal?.addEventListener('abort', this.#onAbort, { once: true })
      if (this.#phase === 'connect') this.#await('connect')
      else {
        this.#reused = true
        this.#socket.ref()
        this.#await('headers')
      }
      this.#socket.write(requestHead(`${base.pathname.replace(/\/$/, '')}${request.path}`, headers))
    })
  }

  end(): void {
    this.#idle.delete(this)
    this.#socket.destroy()
  }

  #await(phase: Phase): void {
    const { connectMs, headersMs, bodyMs } = this.#options.timeouts
    this.#phase = phase
    this.#socket.setTimeout(
      { connect: connectMs, headers: headersMs, body: bodyMs, idle: KEEP_ALIVE_MS }[phase],
    )
  }

  #timedOut(): void {
    // Whoever takes the bytes is slow: that is not the server's fault.
    if (this.#phase === 'idle' || !this.#context) return void this.end()
    if (this.#body?.isPaused) return void this.#await(this.#phase)
    const { connectMs, headersMs, bodyMs } = this.#options.timeouts
    const ms = { connect: connectMs, headers: headersMs, body: bodyMs }[this.#phase]
    this.#fail(timedOut(this.#phase, ms, this.#context))
  }

  /** Returns false to be asked for no more. */
  #received(length: number): boolean {
    const chunk = this.#blocks.take(length)
    this.#heard = true
    // Nobody has asked for anything.
    if (this.#phase === 'idle') this.end()
    else if (this.#body) this.#body.arrived(chunk)
    else this.#readHead(chunk)
    // Nothing more is read before somebody takes it.
    return !this.#body?.isPaused
  }

  #readHead(chunk: Buffer): void {
    // Of a head no byte is above 127 that matters; as latin1 its length is that of its bytes.
    const before = this.#text.length
    this.#text += chunk.toString('latin1')
    const end = this.#text.indexOf(HEAD_END)
    if (end < 0 && this.#text.length > MAX_HEAD_BYTES)
      return void this.#fail(new NotPlain('the head is too long'))
    if (end < 0) return void this.#blocks.giveBack(chunk)
    const rest = chunk.subarray(end + HEAD_END.length - before)
    this.#blocks.giveBack(chunk.subarray(0, chunk.byteLength - rest.byteLength))
    const text = this.#text.slice(0, end)
    this.#text = ''
    try {
      const head = parseHead(text)
      if (head.status < 200) this.#readHead(rest)
      else this.#begin(head, rest)
    } catch (error) {
      this.#fail(error)
    }
  }

  #begin(head: HttpHead, rest: Buffer): void {
    this.#keepsAlive = head.keepsAlive && head.length !== 'chunked'
    this.#body = new BodyHandover(head.length, {
      onReady: () => this.#socket.resume(),
      onTaken: () => this.#finish(),
      onRefused: (error) => this.#fail(error, { isOurs: true }),
      onBroken: (error) => this.#fail(failureOf(error, this.#context as RequestContext, { maybeSent: true })),
    })
    this.#await('body')
    this.#head?.resolve(this.#answer(head))
    this.#head = undefined
    this.#body.arrived(rest)
  }

  #finish(): void {
    const { resolve } = this.#taken ?? {}
    this.#release()
    this.#body = undefined
    this.#taken = undefined
    if (this.#keepsAlive && !this.#socket.destroyed) {
      this.#await('idle')
      this.#socket.resume()
      // An idle connection keeps no process alive.
      this.#socket.unref()
      this.#idle.add(this)
    } else this.end()
    resolve?.()
  }

  #answer({ status, headers }: HttpHead): TransferAnswer {
    const context = this.#context as RequestContext
    const answer: TransferAnswer = {
      request: context,
      status,
      headers,
      pump: (write) => this.#pump(write),
      giveBack: (chunk) => this.#blocks.giveBack(chunk),
      text: () => pumpText(answer),
      discard: () => this.#fail(aborted('not needed', context)),
    }
    return answer
  }

  #pump(write: Write): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure)
      this.#taken = { resolve, reject }
      this.#body?.take(write)
    })
  }

  readonly #onAbort = () => {
    this.#fail(aborted(this.#request?.signal?.reason, this.#context))
  }

  #lost(error: Error): void {
    this.#keepsAlive = false
    if (!this.#body?.isWhole) this.#fail(error)
  }

  #fail(thrown: unknown, { isOurs = false } = {}): void {
    this.#idle.delete(this)
    this.#release()
    const isKnown = isOurs || thrown instanceof RescaleError || thrown instanceof NotPlain
    if (!this.#failure && this.#context) {
      this.#failure = isKnown
        ? thrown
        : failureOf(thrown, this.#context, { maybeSent: this.#phase !== 'connect' })
      this.#head?.reject(this.#failure)
      this.#taken?.reject(this.#failure)
    }
    this.#body?.stop()
    this.#socket.destroy()
  }

  #release(): void {
    this.#request?.signal?.removeEventListener('abort', this.#onAbort)
  }
}
