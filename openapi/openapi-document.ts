/** A bundled OpenAPI 3.1 description, as far as the generators look into it. */
export interface Description {
  info: { title: string; version: string; summary?: string; description?: string }
  servers?: { url: string; description?: string }[]
  security?: Record<string, string[]>[]
  tags?: { name: string; description?: string }[]
  paths: Record<string, PathItem>
  components?: Record<string, Record<string, unknown>>
  /** Answers to requests that are no described operation: no such path, method or slash. */
  'x-outside-operations'?: { responses: Record<string, ResponseObject | Reference> }
}

export type PathItem = { parameters?: (ParameterObject | Reference)[] } & {
  [method in HttpMethod]?: OperationObject
}

export const httpMethods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const
export type HttpMethod = (typeof httpMethods)[number]

export interface Reference {
  $ref: string
}

export interface OperationObject {
  operationId: string
  summary?: string
  description?: string
  tags?: string[]
  deprecated?: boolean
  security?: Record<string, string[]>[]
  parameters?: (ParameterObject | Reference)[]
  requestBody?: RequestBodyObject | Reference
  responses: Record<string, ResponseObject | Reference>
  'x-evidence'?: unknown
}

export interface ParameterObject {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required?: boolean
  description?: string
  schema?: Schema
  example?: unknown
  'x-path-wildcard'?: boolean
  'x-evidence'?: unknown
}

export interface MediaTypeObject {
  schema?: Schema
  example?: unknown
  examples?: Record<string, { summary?: string; value?: unknown } | Reference>
}

export interface RequestBodyObject {
  required?: boolean
  description?: string
  content: Record<string, MediaTypeObject>
}

export interface ResponseObject {
  description: string
  headers?: Record<string, HeaderObject | Reference>
  content?: Record<string, MediaTypeObject>
  'x-evidence'?: unknown
}

export interface HeaderObject {
  required?: boolean
  description?: string
  schema?: Schema
}

export interface Schema {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  unevaluatedProperties?: boolean | Schema
  items?: Schema
  prefixItems?: Schema[]
  allOf?: Schema[]
  oneOf?: Schema[]
  anyOf?: Schema[]
  enum?: unknown[]
  const?: unknown
  readOnly?: boolean
  [keyword: string]: unknown
}

/** One operation with where it stands. */
export interface Described {
  path: string
  method: HttpMethod
  pathItem: PathItem
  operation: OperationObject
}

export function describedOperations(description: Description): Described[] {
  return Object.entries(description.paths).flatMap(([path, pathItem]) =>
    httpMethods.flatMap((method) => {
      const operation = pathItem[method]
      return operation === undefined ? [] : [{ path, method, pathItem, operation }]
    }),
  )
}

/** What a reference stands for, following chains. Keywords beside a `$ref` win over those behind it. */
export function resolve<T extends object>(description: Description, value: T | Reference): T {
  const chain = new Set<string>()
  let current: object = value
  while ('$ref' in current && typeof current.$ref === 'string') {
    const { $ref, ...siblings } = current
    if (chain.has($ref)) throw new Error(`${$ref} refers to itself`)
    chain.add($ref)
    current = { ...atPointer(description, $ref), ...siblings }
  }
  return current as T
}

function atPointer(description: Description, pointer: string): object {
  if (!pointer.startsWith('#/')) throw new Error(`${pointer} leaves the bundle`)
  let value: unknown = description
  for (const step of pointer.slice(2).split('/')) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  }
  if (typeof value !== 'object' || value === null) throw new Error(`${pointer} leads nowhere`)
  return value
}

export const mediaTypeOf = (contentType: string): string =>
  (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
