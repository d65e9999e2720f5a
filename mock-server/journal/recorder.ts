import { header } from '../exchange/header.ts'
import {
  type ByteStream,
  ConnectionLostError,
  type Exchange,
  type ExchangeAnswer,
  type ExchangeRequest,
  type OpenStream,
  RequestAbortedError,
} from '../exchange/http.ts'
import { newTrace, type Trace } from '../exchange/trace.ts'
import { WHY_HEADER, type Why, whyHeader } from '../exchange/why.ts'
import type { Journal } from './journal.ts'
import type { Journals } from './journals.ts'
import type { PassedBody } from './kept-body.ts'
import { PassingBody, passingStream } from './passing-body.ts'
import type { Draft } from './said.ts'

export interface RecorderParts {
  readonly journals: Journals
  /** Real time in milliseconds since 1970. */
  now(): number
  /** Whose request it is, by what its `Authorization` says; null when it does not say, or is not believed. */
  tenantOf(authorization: string): string | null
  /** Why an answer is not what was wanted; null where nothing failed. */
  explain(request: ExchangeRequest, answer: ExchangeAnswer, trace: Trace): Why | null
}

/**
 * Writes down every exchange with the platform, at the latest before the last bytes of its answer leave, and lets what
 * fails say why. Controls are not what a client says to the platform, and are left out.
 */
export function recorded(exchange: Exchange, parts: RecorderParts): Exchange {
  return (request) => {
    if (request.target.startsWith('/_mock/')) return exchange(request)
    const journal = parts.journals.of(parts.tenantOf(header(request, 'authorization') ?? ''))
    return new Recording(parts, journal, request).run(exchange)
  }
}

/** So that a part of requests which comes later is not forgotten here. */
type Every<Type> = { readonly [Part in keyof Required<Type>]: Type[Part] }

class Recording {
  readonly #parts: RecorderParts
  readonly #journal: Journal
  readonly #request: ExchangeRequest
  readonly #body: PassingBody | null
  readonly #trace = newTrace()
  readonly #startedAt: number
  #why: Why | null = null

  constructor(parts: RecorderParts, journal: Journal, request: ExchangeRequest) {
    this.#parts = parts
    this.#journal = journal
    this.#request = request
    this.#startedAt = journal.isOn ? parts.now() : 0
    this.#body = request.body && journal.isOn ? new PassingBody(request.body, journal.limits.bodyBytes) : null
  }

  run(exchange: Exchange): ReturnType<Exchange> {
    try {
      const answer = exchange(this.#traced())
      if (!(answer instanceof Promise)) return this.#answered(answer)
      return answer.then(
        (settled) => this.#answered(settled),
        (error: unknown) => this.#failed(error),
      )
    } catch (error) {
      return this.#failed(error)
    }
  }

  // Written out, which is ten times faster than to spread the request.
  #traced(): ExchangeRequest {
    const { method, target, origin, headers, signal } = this.#request
    const body = this.#body ?? this.#request.body
    const traced: Every<ExchangeRequest> = {
      method,
      target,
      origin,
      headers,
      body,
      signal,
      trace: this.#trace,
    }
    return traced
  }

  #answered(plain: ExchangeAnswer): ExchangeAnswer {
    this.#why = this.#parts.explain(this.#request, plain, this.#trace)
    const answer = this.#why ? withWhy(plain, this.#why) : plain
    if (!this.#journal.isOn) return answer
    const { body } = answer
    if (this.#request.method === 'HEAD') this.#write(answer, null)
    else if (isStream(body)) return this.#watched(answer, body)
    else this.#write(answer, body)
    return answer
  }

  #watched(answer: ExchangeAnswer, body: ByteStream | OpenStream): ExchangeAnswer {
    const { journals, now } = this.#parts
    const journal = this.#journal
    const number = this.#write(answer, nothingYet)
    const options = { maxBodyBytes: journal.limits.bodyBytes, knownHashes: journals.knownHashes }
    const stream = passingStream(body, options, (passed) =>
      journals.finish(journal, number, passed, now() - this.#startedAt),
    )
    return { ...answer, body: stream }
  }

  /** A client that left, or lost its connection to a fault, gets no answer; other errors are ours, and the transport answers them with 500. */
  #failed(error: unknown): never {
    const isUnanswered = error instanceof RequestAbortedError || error instanceof ConnectionLostError
    if (this.#journal.isOn) this.#write(isUnanswered ? null : { status: 500, headers: {} }, null)
    throw error
  }

  #write(answer: Draft['answer'], answerBody: string | Uint8Array | PassedBody | null): number {
    const { operationId, platform, fault, findings } = this.#trace
    return this.#parts.journals.add(this.#journal, {
      startedAt: this.#startedAt,
      durationMilliseconds: this.#parts.now() - this.#startedAt,
      virtualTime: platform?.now() ?? null,
      operationId,
      request: this.#request,
      requestBody: this.#body?.passed ?? null,
      answer,
      answerBody,
      fault,
      findings,
      why: this.#why,
    })
  }
}

const nothingYet: PassedBody = { head: new Uint8Array(), size: 0, sha256: null, isComplete: false }

const isStream = (body: ExchangeAnswer['body']): body is ByteStream | OpenStream =>
  body !== null && typeof body === 'object' && 'read' in body

const withWhy = (answer: ExchangeAnswer, why: Why): ExchangeAnswer => ({
  ...answer,
  headers: { ...answer.headers, [WHY_HEADER]: whyHeader(why) },
})
