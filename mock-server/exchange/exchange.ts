import { type JsonBodyOperationId, requestSchemas } from '../../openapi/generated/request-schemas.ts'
import type { OperationId } from '../../openapi/generated/routes.ts'
import type { Catalogue } from '../domain/catalogue.ts'
import type { FileStore } from '../domain/file-store.ts'
import type { Platform } from '../domain/platform.ts'
import { RefusedError } from '../domain/refusal.ts'
import { operations } from '../operations/index.ts'
import { type Call, JsonText } from '../operations/operation.ts'
import {
  detail,
  emptyAnswer,
  INTERNAL_ERROR,
  jsonAnswer,
  jsonText,
  notFound,
  throttledText,
} from './answers.ts'
import { type Authentication, authenticate, INVALID_TOKEN } from './authenticate.ts'
import { refusalAnswer } from './error-envelope.ts'
import type { CallChanges, FaultGate } from './faults.ts'
import { header } from './header.ts'
import {
  ConnectionLostError,
  type Exchange,
  type ExchangeAnswer,
  type ExchangeRequest,
  RequestAbortedError,
} from './http.ts'
import { Memo } from './memo.ts'
import { readBody } from './read-body.ts'
import { readChanges } from './read-changes.ts'
import { readJson } from './read-json.ts'
import { type ApiRoute, type RequestLine, requestLineReader } from './read-request-line.ts'
import type { Trace } from './trace.ts'

/** One tenant, as the exchange meets it. */
export interface Resident {
  readonly platform: Platform
  /** What is to go wrong with its requests. */
  readonly faults: FaultGate
  /** What it can buy. */
  readonly catalogue: () => Promise<Catalogue>
  /** Brings its time up to date; to be called right before the platform is read or changed. */
  before(): void
  /** Counts a request; gives the seconds to wait when it is over a limit, and null otherwise. */
  throttled(operationId: OperationId): number | null
  /** Hears of every request that has got its answer, or has lost it. */
  answered(operationId: OperationId): void
  /** To be called after a change, so that what it booked happens in time. */
  after(): void
  /** Where worlds outlive the process: undefined when all that has happened is on the disk already. */
  readonly saved?: (() => Promise<void> | undefined) | undefined
}

export interface ExchangeParts {
  /** Null for a key that the platform does not know. */
  resident(key: string): Resident | null
  readonly files: FileStore
  /** Pages that are not part of the API (documentation, controls); null when there is none at that path. */
  page(request: ExchangeRequest): ExchangeAnswer | Promise<ExchangeAnswer> | null
  /** Sees every answer of a described operation before it is sent. */
  check?: (operationId: OperationId, request: ExchangeRequest, answer: ExchangeAnswer) => void
  /** Hears of errors that are our own fault. */
  onError(error: unknown): void
}

type Settled = ExchangeAnswer | Promise<ExchangeAnswer>
type OperationLine = Extract<RequestLine, { kind: 'operation' }>
type AnswerLine = Extract<RequestLine, { kind: 'answer' }>

/** Authorization headers that are remembered: pollers send the same one all the time. */
const REMEMBERED_CALLERS = 1_000
const LONGEST_CREDENTIALS = 100

/** One request's way: read its line → authenticate → throttle → read its body → fault → bring time up to date → operate → envelope → check. */
export function createExchange(parts: ExchangeParts): Exchange {
  const readLine = requestLineReader()
  const callers = new Memo<Authentication>(REMEMBERED_CALLERS, LONGEST_CREDENTIALS)
  return (request) => {
    const line = readLine(request.method, request.target)
    if (line.kind === 'nothing') return parts.page(request) ?? notFound()
    if (line.kind === 'redirect') return line.answer
    const resident = admit(parts, callers.get(header(request, 'authorization') ?? '', authenticate))
    if ('status' in resident) return resident
    note(request.trace, line, resident)
    const wait = line.route ? resident.throttled(line.route.operationId) : null
    if (wait !== null) return throttled(wait)
    if (line.kind === 'answer') return line.answer
    const { operationId } = line.route
    const answer = guarded(parts, operationId, request, () => operate(parts, resident, line, request))
    return answered(resident, line, resident.saved ? afterSaving(answer, resident.saved, parts) : answer)
  }
}

function admit(parts: ExchangeParts, who: Authentication): Resident | ExchangeAnswer {
  const resident = 'key' in who ? parts.resident(who.key) : null
  if (resident) return resident
  // Django REST framework sends the challenge of the view's first authenticator (inferred).
  return detail(401, 'detail' in who ? who.detail : INVALID_TOKEN, { 'www-authenticate': 'Token' })
}

function note(trace: Trace | undefined, line: OperationLine | AnswerLine, { platform }: Resident): void {
  if (!trace) return
  trace.operationId = line.route?.operationId ?? null
  trace.platform = platform
}

/** Django REST framework's words; before the body is read, as there (inferred). */
const throttled = (seconds: number): ExchangeAnswer =>
  detail(429, throttledText(seconds), { 'retry-after': `${seconds}` })

function answered(resident: Resident, { route }: OperationLine, answer: Settled): Settled {
  if (answer instanceof Promise) return answer.finally(() => resident.answered(route.operationId))
  resident.answered(route.operationId)
  return answer
}

/** What an answer tells of is on the disk before it is sent. */
function afterSaving(
  answer: Settled,
  saved: NonNullable<Resident['saved']>,
  { onError }: Pick<ExchangeParts, 'onError'>,
): Settled {
  if (answer instanceof Promise) return answer.then((settled) => afterSaving(settled, saved, { onError }))
  const saving = saved()
  if (!saving) return answer
  const failed = (error: unknown): ExchangeAnswer => {
    onError(error)
    return detail(500, 'The mock could not write to its data folder. Its console says why.')
  }
  return saving.then(() => answer, failed)
}

/** Turns what is thrown into answers: refusals into theirs, anything else is our bug. */
function guarded(
  parts: ExchangeParts,
  operationId: OperationId,
  request: ExchangeRequest,
  run: () => Settled,
): Settled {
  const refused = (error: unknown): ExchangeAnswer => {
    if (error instanceof RefusedError) {
      if (request.trace) request.trace.refusal = error.refusal
      return checked(refusalAnswer(error.refusal))
    }
    // The transport knows that nobody is there to be answered, or how to lose a connection.
    if (error instanceof RequestAbortedError || error instanceof ConnectionLostError) throw error
    parts.onError(error)
    return detail(500, INTERNAL_ERROR)
  }
  const checked = (answer: ExchangeAnswer): ExchangeAnswer => {
    // What is wrong on purpose was checked before it was spoilt.
    if (answer.mishap) return answer
    // To HEAD the same headers are sent as to GET, and no body, which transports see to.
    parts.check?.(operationId, request, request.method === 'HEAD' ? { ...answer, body: null } : answer)
    return answer
  }
  try {
    const answer = run()
    return answer instanceof Promise ? answer.then(checked).catch(refused) : checked(answer)
  } catch (error) {
    return refused(error)
  }
}

function operate(
  parts: ExchangeParts,
  resident: Resident,
  line: OperationLine,
  request: ExchangeRequest,
): Settled {
  const { route, path, query } = line
  const { operationId } = route
  const call = (body: unknown): Settled => {
    const strike = resident.faults.mayStrike(request)
      ? resident.faults.strike({ operationId, path, query, request })
      : null
    if (!strike) return carryOut(parts, resident, line, { request, body })
    const attempt = (changes: CallChanges = {}) =>
      guarded(parts, operationId, request, () =>
        carryOut(parts, resident, line, { request, body, ...changes }),
      )
    return strike.around(attempt).then((answer) => ({ ...answer, mishap: answer.mishap ?? {} }))
  }
  const schema = bodySchema(route)
  return schema ? withBody(route, schema, request, call) : call(undefined)
}

interface Attempt extends CallChanges {
  readonly request: ExchangeRequest
  readonly body: unknown
}

function carryOut(
  { files }: ExchangeParts,
  resident: Resident,
  { route, path, query, pages }: OperationLine,
  { request, body, page: otherPage }: Attempt,
): Settled {
  resident.before()
  const page = { request, pages: otherPage === undefined ? pages : pages.at(otherPage) }
  const { platform, catalogue } = resident
  const values = { platform, path, query, page, body, request, files, catalogue }
  return settled(resident, route, invoke(route.operationId, values))
}

function bodySchema(route: ApiRoute) {
  if (route.requestBody?.kind !== 'json') return undefined
  const schema = requestSchemas[route.operationId as JsonBodyOperationId]
  // A body without a shape is one that the platform does not look at: clients post anything to submit and stop.
  return schema.type === undefined ? undefined : schema
}

async function withBody(
  route: ApiRoute,
  schema: NonNullable<ReturnType<typeof bodySchema>>,
  request: ExchangeRequest,
  call: (body: unknown) => Settled,
): Promise<ExchangeAnswer> {
  const json = await readJson(request)
  if ('answer' in json) return json.answer
  if (json.value === undefined && !route.requestBody?.required) return call(undefined)
  const body = json.value === undefined ? {} : json.value
  const reading =
    route.method === 'PATCH' ? readChanges(schema, body) : readBody(schema, body, { partial: false })
  return 'errors' in reading ? jsonAnswer(400, reading.errors) : call(reading.value)
}

type LooseCall = { [Part in keyof Call<OperationId>]: unknown }
type LooseAnswer = { status?: number; body?: unknown; contentType?: string; raw?: ExchangeAnswer }

/** The one place where types give way: what the table holds for an id takes that id's call (see `Operations`). */
const invoke = (operationId: OperationId, call: LooseCall): LooseAnswer | Promise<LooseAnswer> =>
  (operations[operationId] as (call: LooseCall) => LooseAnswer | Promise<LooseAnswer>)(call)

function settled(resident: Resident, route: ApiRoute, outcome: LooseAnswer | Promise<LooseAnswer>): Settled {
  const done = (answer: LooseAnswer): ExchangeAnswer => {
    if (route.method !== 'GET') resident.after()
    return envelope(answer)
  }
  return outcome instanceof Promise ? outcome.then(done) : done(outcome)
}

function envelope({ raw, status = 200, body, contentType }: LooseAnswer): ExchangeAnswer {
  if (raw) return raw
  // Empty answers of Django REST framework have no content type; their status tells it all.
  if (body === undefined || body === null) return emptyAnswer(status)
  const text = body instanceof JsonText ? body.text : JSON.stringify(body)
  return contentType
    ? { status, headers: { 'content-type': contentType }, body: text }
    : jsonText(status, text)
}
