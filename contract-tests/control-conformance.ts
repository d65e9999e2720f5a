import { readFile } from 'node:fs/promises'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { controlRoutes } from '../openapi/generated/control-routes.ts'
import { Matcher } from '../openapi/match.ts'
import {
  type Description,
  describedOperations,
  type ResponseObject,
  resolve,
  type Schema,
} from '../openapi/openapi-document.ts'
import { SchemaCloser } from '../scripts/generate/close-schema.ts'

const matcher = new Matcher(controlRoutes)

export interface ControlConformance {
  /** The same fetch, with every answer of a control compared with its description. */
  watch(fetch: typeof globalThis.fetch): typeof globalThis.fetch
  /** What differed. */
  readonly findings: readonly string[]
}

/** Watches what controls really answer: a status or a field that is not described is a finding. */
export async function controlConformance(): Promise<ControlConformance> {
  const differences = await differencesFromDescription()
  const findings: string[] = []
  const watch =
    (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
    async (input, init) => {
      const request = new Request(input, init)
      const match = matcher.match(request.method, new URL(request.url).pathname)
      const response = await fetch(request)
      if (match.kind !== 'route') return response
      const type = response.headers.get('content-type')?.split(';', 1)[0] ?? ''
      const difference = differences(match.route.operationId, response.status, type, await jsonOf(response))
      if (difference) findings.push(difference)
      return response
    }
  return { watch, findings }
}

/** Undefined where there is no JSON. */
async function jsonOf(response: Response): Promise<unknown> {
  const isJson = response.headers.get('content-type') === 'application/json'
  return isJson ? response.clone().json() : undefined
}

async function differencesFromDescription() {
  const file = new URL('../openapi/generated/mock-control.json', import.meta.url)
  const description = JSON.parse(await readFile(file, 'utf8')) as Description
  const operations = describedOperations(description).map(({ operation }) => operation)
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const closer = new SchemaCloser(description, { part: (name) => name, whole: (name) => `${name}-closed` })
  for (const [name, schema] of Object.entries(
    (description.components?.schemas ?? {}) as Record<string, Schema>,
  )) {
    ajv.addSchema(closer.part(schema), name)
    ajv.addSchema({ $ref: name, unevaluatedProperties: false }, `${name}-closed`)
  }
  const validators = new Map<string, ValidateFunction>()
  return (operationId: string, status: number, type: string, body: unknown): string | null => {
    const answer = operations.find((one) => one.operationId === operationId)?.responses[status]
    if (!answer) return `${operationId} ${status} is not described`
    const { content } = resolve<ResponseObject>(description, answer)
    // What is no JSON is left to its test.
    if (content && type in content && type !== 'application/json') return null
    const schema = content?.['application/json']?.schema
    if (schema === undefined) return body === undefined ? null : `${operationId} ${status} has a body`
    const key = `${operationId} ${status}`
    const validator = validators.get(key) ?? ajv.compile(closer.whole(schema))
    validators.set(key, validator)
    return validator(body) ? null : `${key}: ${ajv.errorsText(validator.errors)}`
  }
}
