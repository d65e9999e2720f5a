import { type ControlId, controlBodies, controlRoutes } from '../../openapi/generated/control-routes.ts'
import { Matcher } from '../../openapi/match.ts'
import type { ControlRoute } from '../../openapi/route.ts'
import { RefusedError } from '../domain/refusal.ts'
import { detail, emptyAnswer, INTERNAL_ERROR, jsonAnswer, notFound } from '../exchange/answers.ts'
import { refusalAnswer } from '../exchange/error-envelope.ts'
import { header } from '../exchange/header.ts'
import { type ExchangeAnswer, type ExchangeRequest, RequestAbortedError } from '../exchange/http.ts'
import { type Reading, readBody } from '../exchange/read-body.ts'
import { bodyTooLarge, parsedJson, readBytes, readJson } from '../exchange/read-json.ts'
import { readPath, readQuery } from '../exchange/read-query.ts'
import { FilterError } from '../journal/filter.ts'
import { splitTarget } from '../operations/target.ts'
import { type Authorities, authorityOf, type Caller } from './authorities.ts'
import { KnownBodies } from './known-bodies.ts'
import { controlOperations } from './operations.ts'
import { queryErrors } from './query-errors.ts'
import { unknownFields } from './unknown-fields.ts'

type Settled = ExchangeAnswer | Promise<ExchangeAnswer>

/** Answers what begins with `/_mock/`; null for everything else. */
export function createControlPlane(authorities: Authorities): (request: ExchangeRequest) => Settled | null {
  const matcher = new Matcher(controlRoutes)
  const failed = (error: unknown): ExchangeAnswer => {
    // The transport knows that nobody is there to be answered.
    if (error instanceof RequestAbortedError) throw error
    authorities.onError(error)
    return detail(500, INTERNAL_ERROR)
  }
  const savedOf = (apiKey: string) => authorities.tenantOf(apiKey)?.saved?.()
  const knownBodies = new KnownBodies()
  return (request) => {
    if (!request.target.startsWith('/_mock/')) return null
    if (isForeign(request)) return detail(403, 'Controls are not for pages of other origins.')
    const { path, query } = splitTarget(request.target)
    const match = matcher.match(request.method, path)
    const route = match.kind === 'route' ? match.route : null
    const caller = authorityOf(request, route?.authority ?? null, authorities)
    if ('status' in caller) return caller
    if (match.kind === 'method-not-allowed')
      return detail(405, `Method "${request.method}" not allowed.`, { allow: match.allow.join(', ') })
    if (match.kind !== 'route') {
      const isSlashMissing = matcher.match(request.method, `${path}/`).kind === 'route'
      return isSlashMissing
        ? detail(404, `Not found. The slash at the end is missing: ${path}/.`)
        : notFound()
    }
    const asked = { caller, request, pathTexts: match.path, queryText: query, savedOf, knownBodies }
    return control(match.route, asked).catch(failed)
  }
}

/** A web page may send a request here that its user never sees (mock-server.md §4.4). */
function isForeign(request: ExchangeRequest): boolean {
  const origin = header(request, 'origin')
  return origin !== undefined && origin !== request.origin
}

interface ControlRequest {
  readonly caller: Caller
  readonly request: ExchangeRequest
  readonly pathTexts: Readonly<Record<string, string>>
  readonly queryText: string
  savedOf(apiKey: string): Promise<void> | undefined
  readonly knownBodies: KnownBodies
}

const takesFile: ReadonlySet<ControlId> = new Set(['importWorld'])

/** Their bodies may be large, and come again before each test. */
const comesAgain: ReadonlySet<ControlId> = new Set(['seedWorld'])

async function control(route: ControlRoute<ControlId>, asked: ControlRequest): Promise<ExchangeAnswer> {
  const path = readPath(route.parameters, asked.pathTexts)
  const query = readQuery(route.parameters, asked.queryText)
  if (path === null) return notFound()
  if ('errors' in query) return jsonAnswer(400, query.errors)
  const odd = queryErrors(route.parameters, asked.queryText)
  if (odd) return jsonAnswer(400, odd)
  const body = comesAgain.has(route.operationId)
    ? await readAgain(route, asked)
    : bodyOf(route, await readJsonUnlessFile(route, asked.request))
  if ('answer' in body) return body.answer
  const { caller, request, savedOf } = asked
  return operate(route.operationId, caller, {
    ...caller,
    path,
    query: query.value,
    body: body.value,
    request,
    savedOf,
  })
}

type Body = { readonly value: unknown } | { readonly answer: ExchangeAnswer }

/** A file is no JSON, and may be large: its control reads it. */
const readJsonUnlessFile = async (route: ControlRoute<ControlId>, request: ExchangeRequest): Promise<Body> =>
  takesFile.has(route.operationId) ? { value: undefined } : readJson(request)

async function readAgain(
  route: ControlRoute<ControlId>,
  { request, knownBodies }: ControlRequest,
): Promise<Body> {
  const bytes = await readBytes(request.body)
  if (bytes === null) return { answer: bodyTooLarge() }
  const known = knownBodies.find(request, bytes)
  if (known.value !== undefined) return { value: known.value }
  const body = bodyOf(route, parsedJson(request, bytes))
  if ('value' in body) known.keep(body.value)
  return body
}

function bodyOf({ operationId, bodyRequired }: ControlRoute<ControlId>, json: Body): Body {
  if ('answer' in json) return json
  const { value } = json
  const schema = controlBodies[operationId]
  if (schema === undefined || (value === undefined && !bodyRequired)) return { value: undefined }
  const unknown = unknownFields(schema, value)
  const reading: Reading = unknown ? { errors: unknown } : readBody(schema, value ?? {}, { partial: false })
  return 'errors' in reading ? { answer: jsonAnswer(400, reading.errors) } : reading
}

type LooseAnswer = { status?: number; body?: unknown; raw?: ExchangeAnswer }

async function operate(operationId: ControlId, caller: Caller, call: unknown): Promise<ExchangeAnswer> {
  // The one place where types give way: what the table holds for an id takes that id's call (see `ControlOperations`).
  const run = controlOperations[operationId] as (call: unknown) => LooseAnswer | Promise<LooseAnswer>
  const tenant = 'tenant' in caller ? caller.tenant : undefined
  tenant?.before()
  try {
    return envelope(await run(call))
  } catch (error) {
    if (error instanceof RefusedError) return refusalAnswer(error.refusal)
    if (error instanceof FilterError) return jsonAnswer(400, { [error.field]: [error.message] })
    throw error
  } finally {
    tenant?.after()
    await tenant?.saved?.()
  }
}

function envelope({ raw, status = 200, body }: LooseAnswer): ExchangeAnswer {
  if (raw) return raw
  return body === undefined || body === null ? emptyAnswer(status) : jsonAnswer(status, body)
}
