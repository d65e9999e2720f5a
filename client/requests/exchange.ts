import { type Answer, readBody } from '../answer-body.ts'
import { type RequestContext, type TimeoutError, UnexpectedAnswerError } from '../errors.ts'
import { aborted, failureOf, timedOut } from '../failures.ts'
import { pathOf } from '../http-errors.ts'
import { pinned, safeUrl } from '../origin.ts'
import type { Secret } from '../secret.ts'
import type { Timeouts } from './timeouts.ts'

/** What sends a request: `fetch`, or the `fetch` of a mock in the same process. */
export type FetchLike = (request: Request) => Promise<Response>

export interface ExchangeOptions {
  readonly baseUrl: string
  readonly apiKey: Secret | undefined
  readonly fetch: FetchLike
  readonly timeouts: Timeouts
}

/** A request as it is sent, as often as needed: its body is bytes, not a stream that can be read once. */
export interface Call {
  readonly original: Request
  readonly body: string | undefined
  readonly request: RequestContext
}

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
  const deadline = phaseTimer(controller, request)
  try {
    deadline.start('headers', options.timeouts.headersMs)
    const head = await options.fetch(outgoing(url, call, options, controller.signal))
    const onProgress = () => deadline.start('body', options.timeouts.bodyMs)
    return { head, bytes: await readBody(head, request, onProgress) }
  } catch (thrown) {
    throw controller.signal.aborted ? controller.signal.reason : failureOf(thrown, request)
  } finally {
    deadline.clear()
    original.signal.removeEventListener('abort', stop)
  }
}

function phaseTimer(controller: AbortController, request: RequestContext) {
  let timer: NodeJS.Timeout | undefined
  return {
    start(phase: TimeoutError['phase'], ms: number) {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(timedOut(phase, ms, request)), ms)
    },
    clear: () => clearTimeout(timer),
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
