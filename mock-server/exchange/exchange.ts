import { type JsonBodyOperationId, requestSchemas } from '../../openapi/generated/request-schemas.ts'
import { type OperationId, routes } from '../../openapi/generated/routes.ts'
import { Matcher } from '../../openapi/match.ts'
import type { Route } from '../../openapi/route.ts'
import type { Catalogue } from '../domain/catalogue.ts'
import type { FileStore } from '../domain/file-store.ts'
import type { Platform } from '../domain/platform.ts'
import { RefusedError } from '../domain/refusal.ts'
import { operations } from '../operations/index.ts'
import { type Call, JsonText } from '../operations/operation.ts'
import { splitTarget } from '../operations/target.ts'
import { detail, emptyAnswer, jsonAnswer, jsonText, notFound } from './answers.ts'
import { authenticate, INVALID_TOKEN } from './authenticate.ts'
import { refusalAnswer } from './error-envelope.ts'
import { header } from './header.ts'
import type { Exchange, ExchangeAnswer, ExchangeRequest } from './http.ts'
import { readBody } from './read-body.ts'
import { readJson } from './read-json.ts'
import { readPath, readQuery } from './read-query.ts'

/** One tenant, as the exchange meets it. */
export interface Resident {
  readonly platform: Platform
  /** Brings its time up to date; to be called right before the platform is read or changed. */
  before(): void
  /** To be called after a change, so that what it booked happens in time. */
  after(): void
}

export interface ExchangeParts {
  /** Null for a key that the platform does not know. */
  resident(key: string): Resident | null
  readonly files: FileStore
  catalogue(): Promise<Catalogue>
  /** Pages that are not part of the API (documentation, controls); null when there is none at that path. */
  page(request: ExchangeRequest): ExchangeAnswer | Promise<ExchangeAnswer> | null
  /** Sees every answer of a described operation before it is sent. */
  check?: (operationId: OperationId, method: string, answer: ExchangeAnswer) => void
  /** Hears of errors that are our own fault. */
  onError(error: unknown): void
}

type ApiRoute = Route<OperationId>
type Settled = ExchangeAnswer | Promise<ExchangeAnswer>

// `/api/jobs/…` means the first version of the API; links in old answers still have that form (facts §12.1, no. 13).
const versioned = (path: string): string =>
  path.startsWith('/api/') && !/^\/api\/v\d/.test(path) ? `/api/v2/${path.slice('/api/'.length)}` : path

/** One request's way: match → authenticate → read → bring time up to date → operate → envelope → check. */
export function createExchange(parts: ExchangeParts): Exchange {
  const matcher = new Matcher<ApiRoute>(routes)
  return (request) => {
    const { path, query } = splitTarget(request.target)
    const match = matcher.match(request.method, versioned(path))
    if (match.kind === 'nothing') return parts.page(request) ?? notFound()
    // Django's APPEND_SLASH, before anything else is looked at (inferred from clients that follow it).
    if (match.kind === 'slash-missing')
      return emptyAnswer(301, {
        location: `${path}/${query && `?${query}`}`,
        'content-type': 'text/html; charset=utf-8',
      })
    const resident = admit(parts, request)
    if ('status' in resident) return resident
    if (match.kind === 'method-not-allowed')
      return detail(405, `Method "${request.method}" not allowed.`, { allow: match.allow.join(', ') })
    return guarded(parts, match.route.operationId, request.method, () =>
      operate(parts, resident, match.route, match.path, request),
    )
  }
}

function admit(parts: ExchangeParts, request: ExchangeRequest): Resident | ExchangeAnswer {
  const who = authenticate(header(request, 'authorization'))
  const resident = 'key' in who ? parts.resident(who.key) : null
  if (resident) return resident
  // Django REST framework sends the challenge of the view's first authenticator (inferred).
  return detail(401, 'detail' in who ? who.detail : INVALID_TOKEN, { 'www-authenticate': 'Token' })
}

/** Turns what is thrown into answers: refusals into theirs, anything else is our bug. */
function guarded(
  parts: ExchangeParts,
  operationId: OperationId,
  method: string,
  run: () => Settled,
): Settled {
  const refused = (error: unknown): ExchangeAnswer => {
    if (error instanceof RefusedError) return checked(refusalAnswer(error.refusal))
    parts.onError(error)
    return detail(500, 'Internal error of the mock. It has been reported on its console.')
  }
  const checked = (answer: ExchangeAnswer): ExchangeAnswer => {
    // To HEAD the same headers are sent as to GET, and no body, which transports see to.
    parts.check?.(operationId, method, method === 'HEAD' ? { ...answer, body: null } : answer)
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
  route: ApiRoute,
  path: Readonly<Record<string, string>>,
  request: ExchangeRequest,
): Settled {
  const pathValues = readPath(route.parameters, path)
  const query = readQuery(route.parameters, splitTarget(request.target).query)
  if (pathValues === null) return notFound()
  if ('errors' in query) return jsonAnswer(400, query.errors)
  const { platform } = resident
  const { files, catalogue } = parts
  const call = (body: unknown): Settled => {
    resident.before()
    const values = { platform, path: pathValues, query: query.value, body, request, files, catalogue }
    return settled(resident, route, invoke(route.operationId, values))
  }
  const schema = bodySchema(route)
  return schema ? withBody(route, schema, request, call) : call(undefined)
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
  const reading = readBody(schema, json.value ?? {}, { partial: route.method === 'PATCH' })
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
