import { fileURLToPath } from 'node:url'
import { bundle } from '../../scripts/generate/bundle.ts'
import {
  type Description,
  describedOperations,
  type MediaTypeObject,
  type OperationObject,
  type ParameterObject,
  type PathItem,
  type RequestBodyObject,
  type ResponseObject,
  resolve,
  type Schema,
} from '../openapi-document.ts'

/** As it stands in the files now, whether or not what is generated from it is fresh. */
export const description: Description = await bundle(
  fileURLToPath(new URL('../rescale.yaml', import.meta.url)),
)

export interface Operation extends OperationObject {
  readonly path: string
  readonly allParameters: readonly ParameterObject[]
}

export const operations: readonly Operation[] = describedOperations(description).map(
  ({ path, pathItem, operation }) => ({
    ...operation,
    path,
    allParameters: parametersOf(pathItem, operation),
  }),
)

export const schemas = (description.components?.schemas ?? {}) as Readonly<Record<string, Schema>>

/** A body with where it is described, such as `createJob 400 application/json`. */
export interface Body {
  readonly place: string
  readonly schema: Schema
  readonly examples: readonly (readonly [place: string, value: unknown])[]
}

function parametersOf(pathItem: PathItem, operation: OperationObject): ParameterObject[] {
  const given = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])]
  return given.map((one) => resolve<ParameterObject>(description, one))
}

export function answersOf({ responses }: OperationObject): [status: string, ResponseObject][] {
  return Object.entries(responses).map(([status, one]) => [status, resolve<ResponseObject>(description, one)])
}

export function requestOf({ requestBody }: OperationObject): RequestBodyObject | undefined {
  return requestBody && resolve<RequestBodyObject>(description, requestBody)
}

export function bodiesOf(operation: OperationObject): Body[] {
  const contents = [
    ['request', requestOf(operation)?.content] as const,
    ...answersOf(operation).map(([status, { content }]) => [status, content] as const),
  ]
  return contents.flatMap(([side, content]) =>
    Object.entries(content ?? {}).map(([type, media]) =>
      bodyOf(`${operation.operationId} ${side} ${type}`, media),
    ),
  )
}

function bodyOf(place: string, { schema = {}, examples = {} }: MediaTypeObject): Body {
  const values = Object.entries(examples).map(
    ([name, one]) => [`${place} ${name}`, resolve<{ value?: unknown }>(description, one).value] as const,
  )
  return { place, schema, examples: values }
}

/** Forms, bytes and texts are no JSON, and have neither properties nor examples. */
function isJson({ place, schema }: Body): boolean {
  return !place.endsWith('multipart/form-data') && resolve<Schema>(description, schema).type !== 'string'
}

export const jsonBodies: readonly Body[] = operations.flatMap(bodiesOf).filter(isJson)

/** Every value behind `key`, with the names that lead there. */
export function* behind(
  key: string,
  within: unknown,
  trail: readonly string[] = [],
): Generator<[trail: readonly string[], value: unknown]> {
  if (typeof within !== 'object' || within === null) return
  for (const [name, value] of Object.entries(within)) {
    if (name === key) yield [trail, value]
    yield* behind(key, value, [...trail, name])
  }
}
