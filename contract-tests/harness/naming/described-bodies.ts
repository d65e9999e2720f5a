import type { OperationId } from '../../../openapi/generated/routes.ts'
import {
  type Description,
  describedOperations,
  type MediaTypeObject,
  mediaTypeOf,
  type OperationObject,
  type RequestBodyObject,
  type ResponseObject,
  resolve,
  type Schema,
} from '../../../openapi/openapi-document.ts'
import { LeafShapes } from './map-leaves.ts'

/** The schemas of all bodies, by operation. */
export interface DescribedBodies {
  readonly description: Description
  readonly shapes: LeafShapes
  /** SHA-256 of the description, hexadecimal. */
  readonly hash: string
  request(operationId: OperationId | null): Schema | undefined
  /** `contentType` may be anything: bodies are JSON under other names too (uploads, api-facts §1.4). */
  response(
    operationId: OperationId | null,
    status: number,
    contentType: string | undefined,
  ): Schema | undefined
}

/** Loads the bundled description: a third of a megabyte, so only where something is recorded or replayed. */
export async function loadDescribedBodies(): Promise<DescribedBodies> {
  const [{ default: bundle }, { createHash }] = await Promise.all([
    import('../../../openapi/generated/rescale.json', { with: { type: 'json' } }),
    import('node:crypto'),
  ])
  const description = bundle as unknown as Description
  const hash = createHash('sha256').update(JSON.stringify(bundle)).digest('hex')
  const operations = new Map(
    describedOperations(description).map(({ operation }) => [operation.operationId, operation]),
  )
  const of = (operationId: OperationId | null): OperationObject | undefined =>
    operationId === null ? undefined : operations.get(operationId)
  return {
    description,
    shapes: new LeafShapes(description),
    hash,
    request: (operationId) => requestSchema(description, of(operationId)),
    response: (operationId, status, contentType) =>
      responseSchema(description, of(operationId), status, contentType),
  }
}

function requestSchema(description: Description, operation: OperationObject | undefined): Schema | undefined {
  if (operation?.requestBody === undefined) return undefined
  const { content } = resolve<RequestBodyObject>(description, operation.requestBody)
  return anyJson(content)
}

function responseSchema(
  description: Description,
  operation: OperationObject | undefined,
  status: number,
  contentType: string | undefined,
): Schema | undefined {
  const responses = operation?.responses ?? description['x-outside-operations']?.responses ?? {}
  const response =
    responses[String(status)] ?? responses[`${Math.trunc(status / 100)}XX`] ?? responses.default
  if (response === undefined) return undefined
  const { content = {} } = resolve<ResponseObject>(description, response)
  return content[mediaTypeOf(contentType ?? '')]?.schema ?? anyJson(content)
}

const anyJson = (content: Readonly<Record<string, MediaTypeObject>>): Schema | undefined =>
  content['application/json']?.schema ?? Object.values(content).find(({ schema }) => schema)?.schema
