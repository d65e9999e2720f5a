import { type Answer, readBody } from '../answer-body.ts'
import { type RequestContext, UnexpectedAnswerError } from '../errors.ts'
import { aborted, failureOf, timedOut } from '../failures.ts'
import { pathOf } from '../http-errors.ts'
import { pinned, safeUrl } from '../origin.ts'
import type { Secret } from '../secret.ts'
import type { PhaseListener, PhaseWatch } from './phases.ts'
import type { Timeouts } from './timeouts.ts'

/** What sends a request: `fetch`, or the `fetch` of a mock in the same process. */
export type FetchLike = (request: Request) => Promise<Response>

export interface ExchangeOptions {
  readonly baseUrl: string
  readonly apiKey: Secret | undefined
  readonly fetch: FetchLike
  readonly timeouts: Timeouts
  readonly phases: PhaseWatch
}

/** A request as it is sent, as often as needed: its body is bytes, not a stream that can be read once. */
export interface Call {
  readonly original: Request
  readonly body: string | undefined
  readonly request: RequestContext
}

type RequestPhase = 'connect' | 'send' | 'headers' | 'body'

const MAX_REDIRECTS = 3
const USER_AGENT = 'localscale-client/0.1'

/** Sends a call and reads its answer, redirects followed; `beforeSending` is awaited before each request. */
export async function exchange(
  call: Call,
  options: ExchangeOptions,
  beforeSending: () => Promise<void>,
): Promise<Answer> {
  let url = call.original.url
  for (let hop = 0; ; hop++) {
    await beforeSending()
    const answer = await sendOnce(url, call, options)
    const location = redirectOf(answer.head)
    if (location === undefined) return answer
    url = redirectTarget(location, url, hop, call.request, options.baseUrl)
  }
}

async function sendOnce(url: string, call: Call, options: ExchangeOptions): Promise<Answer> {
  const { request, original } = call
  const controller = new AbortController()
  const stop = () => controller.abort(aborted(original.signal.reason, request))
  if (original.signal.aborted) throw aborted(original.signal.reason, request)
  original.signal.addEventListener('abort', stop, { once: true })
  const deadline = new Deadline(controller, request, options.timeouts)
  const unwatch = options.phases.watch(request.requestId, deadline)
  const given = givenUp(controller.signal)
  try {
    deadline.start('headers')
    const sent = options.fetch(outgoing(url, call, options, controller.signal))
    const head = await Promise.race([sent, given.up])
    const reading = readBody(head, request, () => deadline.start('body'), controller.signal)
    return { head, bytes: await Promise.race([reading, given.up]) }
  } catch (thrown) {
    if (controller.signal.aborted) throw controller.signal.reason
    throw failureOf(thrown, request, { timeoutMs: deadline.limitMs, maybeSent: deadline.maybeSent })
  } finally {
    unwatch()
    given.clear()
    deadline.clear()
    original.signal.removeEventListener('abort', stop)
  }
}

/**
 * Rejects when the signal aborts. Node's fetch holds the signal of a request weakly, so that a collection of garbage
 * in the wrong moment makes it deaf (seen on Node 20 under load): a time limit must not depend on it.
 */
function givenUp(signal: AbortSignal): { readonly up: Promise<never>; clear(): void } {
  let clear = () => {}
  const up = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    clear = () => signal.removeEventListener('abort', abort)
  })
  // It may reject when nobody waits for it any more.
  up.catch(() => {})
  return { up, clear }
}

/** Gives each phase of a request its time. */
class Deadline implements PhaseListener {
  readonly #controller: AbortController
  readonly #request: RequestContext
  readonly #timeouts: Timeouts
  #timer: NodeJS.Timeout | undefined
  /** The time of the phase that it is in. */
  limitMs = 0
  /** Whether the server may have seen the request; undefined when nobody told. */
  maybeSent: boolean | undefined

  constructor(controller: AbortController, request: RequestContext, timeouts: Timeouts) {
    this.#controller = controller
    this.#request = request
    this.#timeouts = timeouts
  }

  start(phase: RequestPhase): void {
    const ms = this.#timeouts[`${phase}Ms`]
    if (phase === 'body') this.maybeSent = true
    this.clear()
    this.limitMs = ms
    this.#timer = setTimeout(() => this.#controller.abort(timedOut(phase, ms, this.#request)), ms)
  }

  connecting(): void {
    this.maybeSent = false
    this.start('connect')
  }

  sending(): void {
    this.maybeSent = true
    this.start('send')
  }

  sent(): void {
    this.start('headers')
  }

  clear(): void {
    clearTimeout(this.#timer)
  }
}

function outgoing(url: string, call: Call, options: ExchangeOptions, signal: AbortSignal): Request {
  const { original, body, request } = call
  // Headers are made anew for each request, so that nothing one request sets can reach another.
  const headers = new Headers(original.headers)
  if (options.apiKey) headers.set('Authorization', options.apiKey.authorization())
  if (!headers.has('Accept')) headers.set('Accept', 'application/json')
  headers.set('User-Agent', USER_AGENT)
  headers.set('X-Client-Request-Id', request.requestId)
  return new Request(url, {
    method: original.method,
    headers,
    body: body ?? null,
    redirect: 'manual',
    signal,
  })
}

function redirectOf(head: Response): string | undefined {
  const location = head.headers.get('Location')
  return [301, 302, 303, 307, 308].includes(head.status) && location ? location : undefined
}

function redirectTarget(
  location: string,
  from: string,
  hop: number,
  request: RequestContext,
  baseUrl: string,
): string {
  const what = `${request.method} ${pathOf(request.url)} was redirected`
  // Django redirects to the slashed path. Following would repeat the request without its body or as a GET.
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new UnexpectedAnswerError(`${what} to ${safeUrl(new URL(location, from).href)}: not sent again`, {
      request,
      hint: 'Every path of this API ends with a slash.',
    })
  }
  if (hop >= MAX_REDIRECTS)
    throw new UnexpectedAnswerError(`${what} more than ${MAX_REDIRECTS} times`, { request })
  return pinned(location, from, baseUrl, request)
}
