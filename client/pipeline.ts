import { type Answer, decoded, readBody, rebuilt } from './answer-body.ts'
import { type RequestContext, UnexpectedAnswerError } from './errors.ts'
import { aborted, failureOf, timedOut } from './failures.ts'
import { pathOf } from './http-errors.ts'
import { pinned, safeUrl } from './origin.ts'
import type { Secret } from './secret.ts'

/** What sends a request: `fetch`, or the `fetch` of a mock in the same process. */
export type FetchLike = (request: Request) => Promise<Response>

/** How long each phase of a request may take, in milliseconds. */
export interface Timeouts {
  /** Until the answer's head is there. */
  readonly headersMs: number
  /** Between two pieces of the answer's body. */
  readonly bodyMs: number
}

// client.md §1A: Node's own limits of 300 s surprise everybody.
export const DEFAULT_TIMEOUTS: Timeouts = { headersMs: 30_000, bodyMs: 30_000 }

const MAX_REDIRECTS = 3
const USER_AGENT = 'localscale-client/0.1'

export interface PipelineOptions {
  readonly baseUrl: string
  readonly apiKey: Secret | undefined
  readonly fetch: FetchLike
  readonly timeouts: Timeouts
  readonly newRequestId: () => string
}

/** An answer's request and bytes, kept for the error that may be made of them. */
export interface AnswerRecord {
  readonly request: RequestContext
  readonly text: () => string
}

/** The way of every JSON request: sends it and gives the answer, body read, or throws a typed error. */
export interface Pipeline {
  readonly send: (request: Request) => Promise<Response>
  readonly recordOf: (response: Response) => AnswerRecord
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const records = new WeakMap<Response, AnswerRecord>()
  return {
    async send(original) {
      const request = contextOf(original, options)
      pinned(original.url, options.baseUrl, options.baseUrl, request)
      const body = original.body === null ? undefined : await original.text()
      let url = original.url
      for (let hop = 0; ; hop++) {
        const answer = await exchange(url, original, body, request, options)
        const location = redirectOf(answer.head)
        if (location === undefined) {
          const response = rebuilt(answer, request)
          const text = () => options.apiKey?.redact(decoded(answer.bytes)) ?? decoded(answer.bytes)
          records.set(response, { request, text })
          return response
        }
        url = redirectTarget(location, url, hop, request, options.baseUrl)
      }
    },
    recordOf(response) {
      const record = records.get(response)
      if (!record) throw new TypeError('This response did not come through the pipeline')
      return record
    },
  }
}

function contextOf(request: Request, options: PipelineOptions): RequestContext {
  return { method: request.method, url: safeUrl(request.url), requestId: options.newRequestId() }
}

async function exchange(
  url: string,
  original: Request,
  body: string | undefined,
  request: RequestContext,
  options: PipelineOptions,
): Promise<Answer> {
  const controller = new AbortController()
  const stop = () => controller.abort(aborted(original.signal.reason, request))
  if (original.signal.aborted) throw aborted(original.signal.reason, request)
  original.signal.addEventListener('abort', stop, { once: true })
  const deadline = phaseTimer(controller, request)
  try {
    deadline.start('headers', options.timeouts.headersMs)
    const head = await options.fetch(outgoing(url, original, body, request, options, controller.signal))
    return {
      head,
      bytes: await readBody(head, request, () => deadline.start('body', options.timeouts.bodyMs)),
    }
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
    start(phase: 'headers' | 'body', ms: number) {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(timedOut(phase, ms, request)), ms)
    },
    clear: () => clearTimeout(timer),
  }
}

function outgoing(
  url: string,
  original: Request,
  body: string | undefined,
  request: RequestContext,
  options: PipelineOptions,
  signal: AbortSignal,
): Request {
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
