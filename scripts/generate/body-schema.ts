import {
  type Description,
  describedOperations,
  resolve,
  type Schema,
} from '../../openapi/openapi-document.ts'
import type { BodySchema } from '../../openapi/route.ts'
import { isJson } from './route-table.ts'

/** The JSON bodies that operations take, by operation id. */
export function bodySchemas(description: Description): Record<string, BodySchema> {
  const bodies: [string, BodySchema][] = []
  for (const { operation } of describedOperations(description)) {
    if (operation.requestBody === undefined) continue
    const { content } = resolve(description, operation.requestBody)
    const schema = Object.entries(content).find(([type]) => isJson(type))?.[1].schema
    if (schema !== undefined) bodies.push([operation.operationId, bodySchemaOf(description, schema)])
  }
  return Object.fromEntries(bodies.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const copied = [
  'default',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'pattern',
  'format',
]

/** References are followed and `allOf` merged, so that the reader meets plain objects only. */
export function bodySchemaOf(
  description: Description,
  given: Schema,
  above: readonly string[] = [],
): BodySchema {
  const trail = given.$ref === undefined ? above : [...above, given.$ref]
  if (given.$ref !== undefined && above.includes(given.$ref))
    throw new Error(`${given.$ref} contains itself in a request body`)
  const schema = merged(description, resolve<Schema>(description, given))
  const read = (part: Schema) => bodySchemaOf(description, part, trail)

  const alternatives = (schema.oneOf ?? schema.anyOf ?? []).filter((part) => part.type !== 'null')
  const nullable = allowsNull(schema)
  if (alternatives.length === 1 && alternatives[0] !== undefined) {
    return { ...read(alternatives[0]), ...keptOf(schema), ...(nullable && { nullable }) }
  }
  return {
    ...typeOf(schema, alternatives.length > 0),
    ...(nullable && { nullable }),
    ...keptOf(schema),
    ...(alternatives.length > 1 && { oneOf: alternatives.map(read) }),
    ...(schema.properties && { properties: mapValues(writable(description, schema.properties), read) }),
    ...freeMapOf(schema, read),
    ...(schema.required && schema.required.length > 0 && { required: schema.required }),
    ...(schema.items && { items: read(schema.items) }),
  }
}

function merged(description: Description, schema: Schema): Schema {
  const { allOf = [], ...own } = schema
  const parts = [...allOf.map((part) => merged(description, resolve<Schema>(description, part))), own]
  const properties = parts.flatMap((part) => Object.entries(part.properties ?? {}))
  const required = parts.flatMap((part) => part.required ?? [])
  return {
    ...Object.assign({}, ...parts),
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(required.length > 0 && { required: [...new Set(required)] }),
  }
}

function allowsNull(schema: Schema): boolean {
  if ([schema.type ?? []].flat().includes('null')) return true
  return [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].some((part) => part.type === 'null')
}

function keptOf(schema: Schema): BodySchema {
  const kept = copied.flatMap((key) => (key in schema ? [[key, schema[key]]] : []))
  const choices = ('const' in schema ? [schema.const] : schema.enum) as (string | null)[] | undefined
  return {
    ...Object.fromEntries(kept),
    ...(choices && { enum: choices.filter((choice) => choice !== null) }),
    ...(schema['x-verbatim'] === true && { verbatim: true }),
    ...(Array.isArray(schema['x-aliases']) && { aliases: schema['x-aliases'] as string[] }),
  }
}

/** Several types beside each other become alternatives, in the order in which they are named. */
function typeOf(schema: Schema, hasAlternatives: boolean): Pick<BodySchema, 'type' | 'oneOf'> {
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null') as NonNullable<
    BodySchema['type']
  >[]
  if (hasAlternatives) return {}
  const [only, ...others] = types
  if (only === undefined) return schema.properties ? { type: 'object' } : {}
  return others.length === 0 ? { type: only } : { oneOf: types.map((type) => ({ type })) }
}

function freeMapOf({ additionalProperties }: Schema, read: (part: Schema) => BodySchema): BodySchema {
  if (additionalProperties === true) return { additionalProperties: true }
  if (typeof additionalProperties !== 'object') return {}
  return {
    additionalProperties: Object.keys(additionalProperties).length === 0 ? true : read(additionalProperties),
  }
}

function writable(description: Description, properties: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(properties).filter(([, schema]) => resolve<Schema>(description, schema).readOnly !== true),
  )
}

function mapValues<A, B>(values: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]))
}
