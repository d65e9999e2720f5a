import { type Answer, decoded, rebuilt } from './answer-body.ts'
import type { Clock } from './clock.ts'
import { parseDrfErrors } from './drf.ts'
import { OutcomeUnknownError, RescaleError, TimeoutError } from './errors.ts'
import { aborted, shortly } from './failures.ts'
import { asJson, pathOf, retryAfterMs } from './http-errors.ts'
import { pinned, safeUrl } from './origin.ts'
import type { Attempt, RequestContext } from './requests/attempt.ts'
import { type Hooks, tell } from './requests/events.ts'
import { type Call, type ExchangeOptions, exchange } from './requests/exchange.ts'
import type { Limiter } from './requests/limiter.ts'
import { RetryBudget } from './requests/retry-budget.ts'
import { delayMs, isOutcomeUnknown, mayRetry, type Outcome } from './requests/retry-policy.ts'
import { type Scope, scopeOf } from './requests/scopes.ts'
import type { Send, Told } from './requests/traced.ts'

/** How often a request is sent, and how long the platform may keep it waiting. */
export interface RetryOptions {
  /** The first one counts: 1 never retries. */
  readonly attempts: number
  /** When the platform asks to wait longer than that, requests fail at once. */
  readonly maxRetryAfterMs: number
}

export const DEFAULT_RETRIES: RetryOptions = { attempts: 4, maxRetryAfterMs: 120_000 }

export interface PipelineOptions extends ExchangeOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly newRequestId: () => string
  readonly limiter: Limiter
  readonly retries: RetryOptions
  readonly hooks: Hooks
  /** The proxy that requests go through, as it may be shown. */
  readonly proxy?: string | undefined
}

/** An answer's request and bytes, kept for the error that may be made of them. */
export interface AnswerRecord {
  readonly request: RequestContext
  readonly text: () => string
}

/** The way of every JSON request: sends it and gives the answer, body read, or throws a typed error. */
export interface Pipeline {
  readonly send: Send
  readonly recordOf: (response: Response) => AnswerRecord
}

/** A call with what its attempts came to. */
interface Sending extends Call {
  readonly scope: Scope
  readonly attempts: Attempt[]
  readonly told: Told | undefined
}

type Result = Outcome & { readonly retryAfterMs?: number | undefined; readonly answer?: Answer }

export function createPipeline(options: PipelineOptions): Pipeline {
  const records = new WeakMap<Response, AnswerRecord>()
  const budget = new RetryBudget()
  return {
    async send(original, told) {
      const sending = await prepare(original, options, told)
      const answer = await untilDone(sending, options, budget)
      const response = rebuilt(answer, sending.request)
      const text = () => options.apiKey?.redact(decoded(answer.bytes)) ?? decoded(answer.bytes)
      records.set(response, { request: sending.request, text })
      return response
    },
    recordOf(response) {
      const record = records.get(response)
      if (!record) throw new TypeError('This response did not come through the pipeline')
      return record
    },
  }
}

async function prepare(
  original: Request,
  options: PipelineOptions,
  told: Told | undefined,
): Promise<Sending> {
  const { method } = original
  const scope = scopeOf(method, original.url)
  const attempts: Attempt[] = []
  const { newRequestId, proxy } = options
  const request = { method, url: safeUrl(original.url), requestId: newRequestId(), scope, attempts, proxy }
  pinned(original.url, options.baseUrl, options.baseUrl, request)
  const body = original.body === null ? undefined : await original.text()
  return { original, body, request, scope, attempts, told }
}

async function untilDone(sending: Sending, options: PipelineOptions, budget: RetryBudget): Promise<Answer> {
  for (let number = 1; ; number++) {
    const result = await attempt(sending, number, options)
    const wait = waitBeforeNext(result, number, sending, options, budget)
    if (wait === undefined) return concluded(result, sending, budget)
    const { status, failure } = result
    tell(options.hooks.onRetry, { request: sending.request, attempt: number, delayMs: wait, status, failure })
    await pause(wait, sending, options.clock)
  }
}

async function attempt(sending: Sending, number: number, options: PipelineOptions): Promise<Result> {
  const { request, scope, original } = sending
  const { clock, limiter, hooks } = options
  let startedAt: number | undefined
  const beforeSending = async () => {
    await limiter.enter(request, scope, original.signal)
    startedAt ??= clock.now()
    sending.told?.(request)
    tell(hooks.onRequest, { request, attempt: number, scope })
  }
  const finished = (what: Partial<Attempt>) => {
    if (startedAt === undefined) return 0
    const durationMs = clock.now() - startedAt
    sending.attempts.push({ number, startedAt, durationMs, ...what })
    return durationMs
  }
  try {
    const answer = await exchange(sending, options, beforeSending)
    const { status, headers } = answer.head
    const serverRequestId = headers.get('X-Request-Id') ?? undefined
    const durationMs = finished({ status, serverRequestId })
    tell(hooks.onResponse, { request, attempt: number, status, durationMs, serverRequestId })
    return { status, retryAfterMs: askedWait(answer, clock.now()), answer }
  } catch (failure) {
    if (!(failure instanceof RescaleError)) throw failure
    finished({ failure: shortly(failure) })
    return { failure }
  }
}

/** Tells the limiter what came of an attempt, and how long to wait for the next one, if there is to be one. */
function waitBeforeNext(
  result: Result,
  number: number,
  { request, scope }: Sending,
  { limiter, random, retries }: PipelineOptions,
  budget: RetryBudget,
): number | undefined {
  const delay = delayMs(number, result, random)
  const blocks = result.status === 429 || (result.status === 503 && result.retryAfterMs !== undefined)
  if (blocks) limiter.refused(scope, delay)
  else if (result.status !== undefined) limiter.accepted(scope)
  if (number >= retries.attempts || !mayRetry(request.method, result)) return undefined
  if ((result.retryAfterMs ?? 0) > retries.maxRetryAfterMs) return undefined
  return budget.spend({ timeout: result.failure instanceof TimeoutError }) ? delay : undefined
}

function concluded(result: Result, { request, attempts }: Sending, budget: RetryBudget): Answer {
  if (result.answer) {
    if (result.answer.head.ok) budget.succeeded(attempts.length > 1)
    return result.answer
  }
  const { failure } = result
  if (!failure || !isOutcomeUnknown(request.method, result)) throw failure
  const what = `${request.method} ${pathOf(request.url)} may have been carried out or not`
  const hint = 'Look whether it was before doing it again.'
  throw new OutcomeUnknownError(`${what}: ${failure.message}`, { request, hint, cause: failure })
}

async function pause(ms: number, { request, original }: Sending, clock: Clock): Promise<void> {
  try {
    await clock.sleep(ms, original.signal)
  } catch (reason) {
    throw aborted(reason, request)
  }
}

function askedWait(answer: Answer, now: number): number | undefined {
  const { status, headers } = answer.head
  if (status !== 429 && status !== 503) return undefined
  const { detail } = parseDrfErrors(asJson(decoded(answer.bytes)))
  return retryAfterMs({ headers: Object.fromEntries(headers), detail }, now)
}
