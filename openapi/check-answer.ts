import { findingsInContent, isEmpty, type Report, type Validators } from './check-content.ts'
import { excerpt } from './excerpt.ts'
import { FittingTexts } from './fitting-texts.ts'
import { answersOutside, type OperationId, routes } from './generated/routes.ts'
import type { Answer, Route } from './route.ts'

export type FindingClass =
  | 'undocumented-status'
  | 'undocumented-content-type'
  | 'missing-required-header'
  | 'violation'
  | 'undocumented-field'
  | 'body-not-allowed'
  /** Nothing was found because nothing was looked at. Never to be taken for a pass. */
  | 'not-checked'

export interface Finding {
  readonly class: FindingClass
  readonly operationId: OperationId | null
  readonly side: 'request' | 'response'
  /** The answer's; null on the request's side. */
  readonly status: number | null
  readonly message: string
  /** JSON pointer into the body. */
  readonly pointer?: string
  readonly expected?: string
  /** Shortened, and not redacted: bodies may hold what a report must not. */
  readonly received?: string
  /** JSON pointer into the schema. */
  readonly schemaPath?: string
  /** The keyword of the schema that says so. */
  readonly keyword?: string
}

export interface AnswerToCheck {
  /** Null where the request was no described operation: no such path, method or slash. */
  readonly operationId: OperationId | null
  /** HEAD answers as GET does, without the body. */
  readonly method?: string
  readonly status: number
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /**
   * Text or bytes as received; `ParsedBody` where somebody has read the JSON already; null where there is no body;
   * anything else (a stream) is not looked into.
   */
  readonly body: unknown
}

export interface RequestToCheck {
  readonly operationId: OperationId
  readonly contentType: string
  readonly body: unknown
}

export interface Checker {
  /** What an answer does that the description does not say. */
  checkAnswer(answer: AnswerToCheck): Finding[]
  /** What a JSON request body does that the description does not say; the platform itself is far more lenient. */
  checkRequest(request: RequestToCheck): Finding[]
}

/** Loads the precompiled validators: hundreds of kilobytes, so only where something is to be checked. */
export async function loadChecker(): Promise<Checker> {
  const [open, closed] = await Promise.all([
    import('./generated/validators-open.js'),
    import('./generated/validators-closed.js'),
  ])
  const validators = { open: open.validators, closed: closed.validators, fitting: new FittingTexts() }
  return {
    checkAnswer: (answer) => findingsInAnswer(answer, validators),
    checkRequest: (request) => findingsInRequest(request, validators),
  }
}

const routesById: ReadonlyMap<string, Route> = new Map(routes.map((route) => [route.operationId, route]))

function routeOf(operationId: OperationId): Route {
  const route = routesById.get(operationId)
  if (route === undefined) throw new Error(`no operation is called ${operationId}`)
  return route
}

function findingsInAnswer(given: AnswerToCheck, validators: Validators): Finding[] {
  const { operationId, status } = given
  const report: Report = (finding) => ({ ...finding, operationId, side: 'response', status })
  const answers = operationId === null ? answersOutside : routeOf(operationId).answers
  const key = [String(status), `${Math.trunc(status / 100)}XX`, 'default'].find((name) => name in answers)
  const answer = key === undefined ? undefined : answers[key]
  if (key === undefined || answer === undefined) {
    const expected = Object.keys(answers).join(', ')
    const message = `${status} is not described`
    return [report({ class: 'undocumented-status', message, expected, received: String(status) })]
  }
  const headers = new Map(
    Object.entries(given.headers).map(([name, value]) => [name.toLowerCase(), String(value ?? '')]),
  )
  return [
    ...missingHeaders(answer, headers, report),
    ...findingsInBody(
      answer,
      given,
      headers.get('content-type'),
      `${operationId ?? 'outside'} ${key}`,
      validators,
      report,
    ),
  ]
}

function missingHeaders(answer: Answer, headers: ReadonlyMap<string, string>, report: Report): Finding[] {
  return answer.requiredHeaders
    .filter((name) => !headers.has(name))
    .map((name) =>
      report({ class: 'missing-required-header', message: `the header ${name} is missing`, expected: name }),
    )
}

function findingsInBody(
  answer: Answer,
  { method, status, body }: AnswerToCheck,
  contentType: string | undefined,
  place: string,
  validators: Validators,
  report: Report,
): Finding[] {
  const kinds = Object.keys(answer.content)
  const mayHoldNone =
    method === 'HEAD' || status < 200 || status === 204 || status === 304 || kinds.length === 0
  if (mayHoldNone) {
    if (isEmpty(body)) return []
    return [report({ class: 'body-not-allowed', message: 'there must be no body', received: excerpt(body) })]
  }
  const mediaType = mediaTypeOf(contentType ?? '')
  const kind = Object.hasOwn(answer.content, mediaType) ? answer.content[mediaType] : undefined
  if (kind === undefined) {
    const message = mediaType === '' ? 'the content type is missing' : `${mediaType} is not described`
    return [
      report({
        class: 'undocumented-content-type',
        message,
        expected: kinds.join(', '),
        received: contentType ?? '',
      }),
    ]
  }
  return findingsInContent(kind, body, `${place} ${mediaType}`, validators, report)
}

function findingsInRequest(
  { operationId, contentType, body }: RequestToCheck,
  validators: Validators,
): Finding[] {
  const report: Report = (finding) => ({ ...finding, operationId, side: 'request', status: null })
  const { requestBody } = routeOf(operationId)
  if (isEmpty(body)) {
    return requestBody?.required
      ? [report({ class: 'violation', message: 'a body is required', pointer: '' })]
      : []
  }
  if (requestBody === null)
    return [report({ class: 'body-not-allowed', message: 'there must be no body', received: excerpt(body) })]
  const mediaType = mediaTypeOf(contentType)
  if (!requestBody.mediaTypes.includes(mediaType)) {
    const expected = requestBody.mediaTypes.join(', ')
    return [
      report({
        class: 'undocumented-content-type',
        message: `${mediaType} is not described`,
        expected,
        received: contentType,
      }),
    ]
  }
  const kind = requestBody.kind === 'json' ? 'json' : 'binary'
  return findingsInContent(kind, body, `${operationId} request ${mediaType}`, validators, report)
}

const mediaTypeOf = (contentType: string): string => (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
