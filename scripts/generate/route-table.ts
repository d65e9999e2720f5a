import {
  type Described,
  type Description,
  describedOperations,
  type MediaTypeObject,
  mediaTypeOf,
  type ParameterObject,
  type ResponseObject,
  resolve,
  type Schema,
} from '../../openapi/openapi-document.ts'
import type {
  Answer,
  BodyKind,
  Evidence,
  Method,
  Parameter,
  ParameterSchema,
  Route,
  ScalarType,
  Segment,
} from '../../openapi/route.ts'

/** Every described operation, the most concrete path first: the first that fits a request is the right one. */
export function routeTable(description: Description): Route[] {
  const routes = describedOperations(description).map((described) => routeOf(description, described))
  const ids = routes.map((route) => route.operationId)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) throw new Error(`two operations are called ${twice}`)
  return routes.sort(byConcreteness)
}

function routeOf(description: Description, { path, method, pathItem, operation }: Described): Route {
  const parameters = parametersOf(description, [
    ...(pathItem.parameters ?? []),
    ...(operation.parameters ?? []),
  ])
  return {
    operationId: operation.operationId,
    method: method.toUpperCase() as Method,
    path,
    segments: segmentsOf(path, parameters),
    trailingSlash: path.endsWith('/'),
    tag: operation.tags?.[0] ?? '',
    security: isSecured(operation.security ?? description.security),
    evidence: evidenceOf(operation['x-evidence']),
    requestBody: requestBodyOf(description, operation),
    parameters: parameters
      .filter((parameter) => parameter.in !== 'cookie')
      .map((parameter) => parameterOf(description, parameter)),
    answers: answersOf(description, operation.responses),
  }
}

/** Answers to requests that are no described operation. */
export function answersOutside(description: Description): Route['answers'] {
  return answersOf(description, description['x-outside-operations']?.responses ?? {})
}

function answersOf(
  description: Description,
  responses: Described['operation']['responses'],
): Route['answers'] {
  const answers = Object.entries(responses).map(
    ([status, response]) =>
      [status, answerOf(description, resolve<ResponseObject>(description, response))] as const,
  )
  return Object.fromEntries(answers)
}

/** An operation's own parameter replaces the path's of the same name and place. */
function parametersOf(description: Description, given: NonNullable<Described['operation']['parameters']>) {
  const byPlace = new Map<string, ParameterObject>()
  for (const entry of given) {
    const parameter = resolve<ParameterObject>(description, entry)
    byPlace.set(`${parameter.in} ${parameter.name}`, parameter)
  }
  return [...byPlace.values()]
}

function segmentsOf(path: string, parameters: readonly ParameterObject[]): Segment[] {
  return path
    .split('/')
    .filter((text) => text !== '')
    .map((text) => {
      const name = /^\{(\w+)\}$/.exec(text)?.[1]
      if (name === undefined) return text
      const parameter = parameters.find((candidate) => candidate.in === 'path' && candidate.name === name)
      if (parameter === undefined) throw new Error(`${path} has no parameter ${name}`)
      return { parameter: name, wildcard: parameter['x-path-wildcard'] === true }
    })
}

/** `security: []` and an alternative that asks for nothing (`{}`) both let anyone in. */
function isSecured(requirements: Record<string, string[]>[] | undefined): boolean {
  if (requirements === undefined || requirements.length === 0) return false
  return requirements.every((requirement) => Object.keys(requirement).length > 0)
}

export function evidenceOf(given: unknown): Evidence | null {
  const first: unknown = Array.isArray(given) ? given[0] : given
  if (typeof first === 'string') return { grade: first }
  if (typeof first !== 'object' || first === null || !('grade' in first)) return null
  const { grade, source, date } = first as Record<string, unknown>
  return {
    grade: String(grade),
    ...(source === undefined ? {} : { source: String(source) }),
    ...(date === undefined ? {} : { date: String(date) }),
  }
}

function requestBodyOf(
  description: Description,
  { requestBody }: Described['operation'],
): Route['requestBody'] {
  if (requestBody === undefined) return null
  const { content, required = false } = resolve(description, requestBody)
  const mediaTypes = Object.keys(content).map(mediaTypeOf)
  if (mediaTypes.includes('multipart/form-data')) return { kind: 'multipart', required, mediaTypes }
  return { kind: mediaTypes.some(isJson) ? 'json' : 'binary', required, mediaTypes }
}

export const isJson = (mediaType: string): boolean =>
  mediaType === 'application/json' || mediaType.endsWith('+json')

function parameterOf(description: Description, parameter: ParameterObject): Parameter {
  if (parameter.in === 'cookie') throw new Error(`no place for the cookie ${parameter.name}`)
  return {
    name: parameter.name,
    in: parameter.in,
    required: parameter.required === true,
    schema: parameterSchemaOf(description, parameter.schema ?? { type: 'string' }),
  }
}

function parameterSchemaOf(description: Description, given: Schema): ParameterSchema {
  const schema = resolve<Schema>(description, given)
  const kept = Object.fromEntries(
    ['enum', 'default', 'minimum', 'maximum'].flatMap((key) => (key in schema ? [[key, schema[key]]] : [])),
  )
  return { type: scalarType(schema), ...kept }
}

function scalarType({ type = 'string' }: Schema): ScalarType {
  const [only, ...others] = [type].flat().filter((name) => name !== 'null')
  if (others.length > 0 || !scalarTypes.includes(only as ScalarType)) {
    throw new Error(`a parameter of type ${String(type)} is read by nothing yet`)
  }
  return only as ScalarType
}

const scalarTypes: readonly ScalarType[] = ['string', 'integer', 'number', 'boolean']

function answerOf(description: Description, response: ResponseObject): Answer {
  const headers = Object.entries(response.headers ?? {}).map(([name, header]) => ({
    name: name.toLowerCase(),
    required: resolve<{ required?: boolean }>(description, header).required === true,
  }))
  const named = (required: boolean) =>
    headers.filter((header) => header.required === required).map(({ name }) => name)
  return {
    content: Object.fromEntries(
      Object.entries(response.content ?? {}).map(([type, content]) => [
        mediaTypeOf(type),
        bodyKindOf(description, mediaTypeOf(type), content),
      ]),
    ),
    requiredHeaders: named(true).sort(),
    optionalHeaders: named(false).sort(),
  }
}

/** Judged by the schema before the name: Rescale sends the JSON of an uploaded file as `text/plain`. */
export function bodyKindOf(
  description: Description,
  mediaType: string,
  { schema }: MediaTypeObject,
): BodyKind {
  if (isJson(mediaType)) return 'json'
  if (schema !== undefined && holdsJson(description, schema)) return 'json'
  return mediaType.startsWith('text/') ? 'text' : 'binary'
}

function holdsJson(description: Description, given: Schema): boolean {
  const schema = resolve<Schema>(description, given)
  const types = [schema.type ?? []].flat()
  if (types.includes('object') || types.includes('array') || schema.properties !== undefined) return true
  return [schema.allOf, schema.oneOf, schema.anyOf]
    .flatMap((parts) => parts ?? [])
    .some((part) => holdsJson(description, part))
}

function byConcreteness(a: Route, b: Route): number {
  for (let i = 0; i < Math.min(a.segments.length, b.segments.length); i++) {
    const order = compareText(rank(a.segments[i]), rank(b.segments[i]))
    if (order !== 0) return order
  }
  return (
    a.segments.length - b.segments.length || compareText(a.path, b.path) || compareText(a.method, b.method)
  )
}

function rank(segment: Segment | undefined): string {
  if (typeof segment === 'string') return `0${segment}`
  return segment?.wildcard ? '2' : '1'
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
