import { parseDrfErrors } from './drf.ts'
import {
  type ErrorContext,
  ForbiddenError,
  HttpError,
  type HttpFailure,
  NotFoundError,
  RateLimitedError,
  type RequestContext,
  ServerError,
  UnauthorizedError,
  ValidationError,
} from './errors.ts'

/** An answer with an error status, its body read. */
export interface FailedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

const MAX_BODY = 4096
const THROTTLED = /available in (\d+) second/

/** The error for an answer of status 400 or above, by its status, with the messages of its body. */
export function httpError(answer: FailedAnswer, request: RequestContext, now: number): HttpError {
  const drf = parseDrfErrors(asJson(answer.text))
  const failure: HttpFailure = {
    status: answer.status,
    detail: drf.detail,
    fieldErrors: drf.fieldErrors,
    body: answer.text.slice(0, MAX_BODY),
    headers: withoutCookies(answer.headers),
  }
  const said = drf.summary || titleOf(answer)
  const message = `${request.method} ${pathOf(request.url)} answered ${answer.status}${said && `: ${said}`}`
  return byStatus(message, failure, { request, hint: hintFor(failure.status) }, now)
}

function byStatus(message: string, failure: HttpFailure, context: ErrorContext, now: number): HttpError {
  const { status } = failure
  if (status === 400 || status === 422) return new ValidationError(message, failure, context)
  if (status === 401) return new UnauthorizedError(message, failure, context)
  if (status === 403) return new ForbiddenError(message, failure, context)
  if (status === 404) return new NotFoundError(message, failure, context)
  if (status === 429) return new RateLimitedError(message, failure, retryAfterMs(failure, now), context)
  if (status >= 500) return new ServerError(message, failure, context)
  return new HttpError(message, failure, context)
}

/** How long a 429 or 503 asks to wait: `Retry-After` in seconds or as a date, else DRF's own sentence. */
export function retryAfterMs(
  failure: { readonly headers: Readonly<Record<string, string>>; readonly detail?: string | undefined },
  now: number,
): number | undefined {
  const header = failure.headers['retry-after']?.trim()
  if (header && /^\d+(\.\d+)?$/.test(header)) return Math.round(Number(header) * 1000)
  const date = header ? Date.parse(header) : Number.NaN
  if (!Number.isNaN(date)) return Math.max(0, date - now)
  const seconds = THROTTLED.exec(failure.detail ?? '')?.[1]
  return seconds === undefined ? undefined : Number(seconds) * 1000
}

// Where the class of the error does not say it.
function hintFor(status: number): string | undefined {
  if (status === 408) return 'The request took the platform too long; the same may work later.'
  if (status === 409) return 'It is in a state that does not allow this: read it again first.'
  if (status === 413) return 'It is too large for the platform, or for what stands before it.'
  return undefined
}

// Proxies and Django itself answer HTML: its title says more than its first tags.
function titleOf(answer: FailedAnswer): string {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(answer.text.slice(0, MAX_BODY))?.[1]
  if (title) return oneLine(title)
  return /^\s*</.test(answer.text) ? '' : oneLine(answer.text.slice(0, 200))
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

// A session is as good as a key.
function withoutCookies(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'set-cookie'))
}

/** A text as JSON; undefined when it is none. */
export function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The path and query of a URL. */
export function pathOf(url: string): string {
  try {
    const { pathname, search } = new URL(url)
    return pathname + search
  } catch {
    return url
  }
}
