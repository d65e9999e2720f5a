import type { Attempt, RequestContext } from './requests/attempt.ts'

export type { Attempt, RequestContext }

/** What every error of this client may carry besides its message. */
export interface ErrorContext {
  readonly request?: RequestContext | undefined
  /** One sentence: what to do about it. */
  readonly hint?: string | undefined
  readonly cause?: unknown
}

/** Ancestor of every error that this client throws on purpose. */
export class RescaleError extends Error {
  override readonly name: string = 'RescaleError'
  readonly method: string | undefined
  readonly url: string | undefined
  readonly requestId: string | undefined
  readonly hint: string | undefined
  /** Every sending of the request and what came of it, oldest first; empty when nothing was sent. */
  readonly attempts: readonly Attempt[]

  constructor(message: string, context: ErrorContext = {}) {
    super(message, context.cause === undefined ? undefined : { cause: context.cause })
    this.method = context.request?.method
    this.url = context.request?.url
    this.requestId = context.request?.requestId
    this.hint = context.hint ?? this.usualHint()
    this.attempts = context.request?.attempts ?? []
  }

  /** What to do about errors of this class, where nothing more special is known. */
  protected usualHint(): string | undefined {
    return undefined
  }

  /** Message and fields, for logs; `cause` and stack are left out. */
  toJSON(): Record<string, unknown> {
    return { ...(this as object), message: this.message, cause: undefined }
  }
}

/** No key, an unreadable apiconfig, a missing profile: nothing was sent. */
export class ConfigError extends RescaleError {
  override readonly name = 'ConfigError'

  protected override usualHint(): string {
    return 'Change the environment, the profile or the options that it names; nothing was sent.'
  }
}

/** What a call was given cannot be used: nothing was sent. */
export class ArgumentError extends RescaleError {
  override readonly name = 'ArgumentError'

  protected override usualHint(): string {
    return 'Change what the call is given; nothing was sent.'
  }
}

/** What the server said with an error status. */
export interface HttpFailure {
  readonly status: number
  /** DRF's `detail`, where there is one. */
  readonly detail?: string | undefined
  /** Messages by position in the request body, such as `jobanalyses.0.hardware.coresPerSlot`. */
  readonly fieldErrors: Readonly<Record<string, readonly string[]>>
  /** The start of the body as it came, key masked. */
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** The server answered with an error status. */
export class HttpError extends RescaleError {
  override readonly name: string = 'HttpError'
  readonly status: number
  readonly detail: string | undefined
  readonly fieldErrors: Readonly<Record<string, readonly string[]>>
  readonly body: string
  readonly headers: Readonly<Record<string, string>>

  constructor(message: string, failure: HttpFailure, context: ErrorContext = {}) {
    super(message, context)
    this.status = failure.status
    this.detail = failure.detail
    this.fieldErrors = failure.fieldErrors
    this.body = failure.body
    this.headers = failure.headers
  }

  protected override usualHint(): string {
    return 'The platform refuses the request as it is; body has what it says.'
  }
}

/** 400 or 422: the request is not acceptable; `fieldErrors` says where. */
export class ValidationError extends HttpError {
  override readonly name = 'ValidationError'

  protected override usualHint(): string {
    return 'Change what it names; fieldErrors has each message by its position in the request.'
  }
}

/** 401: no key, or not a key of this platform. */
export class UnauthorizedError extends HttpError {
  override readonly name = 'UnauthorizedError'

  protected override usualHint(): string {
    return 'Check the key and the platform URL: a key works on one platform and workspace only.'
  }
}

/** 403: the key is good, the action is not allowed. */
export class ForbiddenError extends HttpError {
  override readonly name = 'ForbiddenError'

  protected override usualHint(): string {
    return 'The key is good, but may not do that: ask whose it is, or who administers the workspace.'
  }
}

/** 404: no such thing, or not one of yours. */
export class NotFoundError extends HttpError {
  override readonly name = 'NotFoundError'

  protected override usualHint(): string {
    return 'Things of other users and workspaces are not found either.'
  }
}

/** 429: too many requests. */
export class RateLimitedError extends HttpError {
  override readonly name = 'RateLimitedError'
  /** How long the server asks to wait; undefined when it did not say. */
  readonly retryAfterMs: number | undefined
  /** What the limit is counted over, such as `user`: other scopes are not affected. */
  readonly scope: string | undefined

  constructor(
    message: string,
    failure: HttpFailure,
    retryAfterMs: number | undefined,
    context?: ErrorContext,
  ) {
    super(message, failure, context)
    this.retryAfterMs = retryAfterMs
    this.scope = context?.request?.scope
  }

  protected override usualHint(): string {
    return 'Wait as long as retryAfterMs says before the next request.'
  }
}

/** 5xx: the platform failed. */
export class ServerError extends HttpError {
  override readonly name = 'ServerError'

  protected override usualHint(): string {
    return 'The platform failed; the same request may work later.'
  }
}

/** No answer: the connection could not be made, or broke. */
export class ConnectError extends RescaleError {
  override readonly name = 'ConnectError'
  /** The system's code, such as `ECONNREFUSED`. */
  readonly code: string | undefined
  /** False when it is certain that the server never saw the request, so that sending it again is safe. */
  readonly maybeSent: boolean

  constructor(
    message: string,
    fields: { code?: string | undefined; maybeSent: boolean },
    context?: ErrorContext,
  ) {
    super(message, context)
    this.code = fields.code
    this.maybeSent = fields.maybeSent
  }

  protected override usualHint(): string {
    return 'Something between here and the platform ends connections, or it restarts: try again in a while.'
  }
}

/** `connect`, `send`, `headers` and `body` are the phases of a request; `wait` is a waiter's deadline. */
export type TimeoutPhase = 'connect' | 'send' | 'headers' | 'body' | 'wait'

const TIMEOUT_HINTS: Readonly<Record<TimeoutPhase, string>> = {
  connect:
    'Is the platform URL right? Firewalls are silent like that, and some networks need a proxy (https_proxy).',
  send: 'The line is slow or stuck; timeouts.sendMs allows more.',
  headers: 'The platform is slow, or stuck; timeouts.headersMs allows more.',
  body: 'The line or the platform is stuck; timeouts.bodyMs allows more.',
  wait: 'What was waited for goes on: wait for it again, or allow more with timeoutMs.',
}

/** Something took too long; `phase` says what. */
export class TimeoutError extends RescaleError {
  override readonly name: string = 'TimeoutError'
  readonly phase: TimeoutPhase
  readonly timeoutMs: number

  constructor(
    message: string,
    fields: { phase: TimeoutPhase; timeoutMs: number },
    context: ErrorContext = {},
  ) {
    super(message, { ...context, hint: context.hint ?? TIMEOUT_HINTS[fields.phase] })
    this.phase = fields.phase
    this.timeoutMs = fields.timeoutMs
  }
}

/**
 * The request may have been carried out or not: its answer was lost. It was not sent again, because doing it
 * twice is not the same as doing it once. `cause` is how the answer was lost.
 */
export class OutcomeUnknownError extends RescaleError {
  override readonly name = 'OutcomeUnknownError'
  /** What `jobs.create` put into the job's description, to find it by. */
  readonly marker: string | undefined

  constructor(message: string, context?: ErrorContext & { marker?: string | undefined }) {
    super(message, context)
    this.marker = context?.marker
  }

  protected override usualHint(): string {
    return 'Look whether it was done before doing it again.'
  }
}

/** The caller's AbortSignal ended it; `cause` is the signal's reason. */
export class AbortedError extends RescaleError {
  override readonly name = 'AbortedError'

  protected override usualHint(): string {
    return 'The signal that was passed in ended it. What was sent before may have been carried out.'
  }
}

/** The bytes are not those that they should be: wrong length, wrong checksum, changed under way. */
export class IntegrityError extends RescaleError {
  override readonly name = 'IntegrityError'

  protected override usualHint(): string {
    return 'Do it again, when nobody changes the file; if it happens again, the file is damaged where it comes from.'
  }
}

/** The server answered something that this API never answers: HTML, another origin, a wrong range. */
export class UnexpectedAnswerError extends RescaleError {
  override readonly name = 'UnexpectedAnswerError'

  protected override usualHint(): string {
    return 'Is the platform URL right, and is nothing in between that answers for the platform?'
  }
}

/** The disk has no room for what was to be downloaded. */
export class NoSpaceError extends RescaleError {
  override readonly name = 'NoSpaceError'
  readonly folder: string
  /** In bytes. */
  readonly needed: number
  readonly free: number

  constructor(folder: string, needed: number, free: number, cause?: unknown) {
    const hint = 'Make room or choose another folder; what has come so far is kept, and goes on from there.'
    super(`${folder} has ${free} bytes free, and ${needed} are needed`, { cause, hint })
    this.folder = folder
    this.needed = needed
    this.free = free
  }
}
