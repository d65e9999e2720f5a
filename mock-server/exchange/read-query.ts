import type { Parameter, ParameterSchema } from '../../openapi/route.ts'
import type { FieldErrors } from './read-body.ts'
import { readBoolean, readChoice, readInteger, readNumber } from './read-scalar.ts'

export type ParameterValue = string | number | boolean
export type ParameterValues = Readonly<Record<string, ParameterValue>>

/** Django REST framework's paginator judges these itself: the answer to a bad page is 404, and to a bad size none at all. */
const leftToPaginator = new Set(['page', 'page_size'])

/**
 * The described parameters of a query string (without its question mark), coerced. Others are ignored, and of several
 * with one name the last one counts, as in Django's `QueryDict.get`. How the real service takes values that make no
 * sense is not known; here they are refused as a serializer would (inferred).
 */
export function readQuery(
  parameters: readonly Parameter[],
  query: string,
): { readonly value: ParameterValues } | { readonly errors: FieldErrors } {
  const given = new URLSearchParams(query)
  const values: [string, ParameterValue][] = []
  const errors: [string, readonly string[]][] = []
  for (const { name, schema, in: place, required } of parameters) {
    if (place !== 'query') continue
    const text = given.getAll(name).at(-1)
    const reading = readParameter(name, schema, text, required)
    if ('errors' in reading) errors.push([name, reading.errors])
    else if (reading.value !== undefined) values.push([name, reading.value])
  }
  return errors.length > 0 ? { errors: Object.fromEntries(errors) } : { value: Object.fromEntries(values) }
}

/** The parameters of a path, coerced; null where one cannot be what it stands for, so that the path leads nowhere. */
export function readPath(
  parameters: readonly Parameter[],
  texts: Readonly<Record<string, string>>,
): ParameterValues | null {
  const values: [string, ParameterValue][] = []
  for (const { name, schema, in: place } of parameters) {
    if (place !== 'path') continue
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined
    const reading = readParameter(name, schema, text, true)
    if ('errors' in reading || reading.value === undefined) return null
    values.push([name, reading.value])
  }
  return Object.fromEntries(values)
}

type ParameterReading =
  | { readonly value: ParameterValue | undefined }
  | { readonly errors: readonly string[] }

function readParameter(
  name: string,
  schema: ParameterSchema,
  text: string | undefined,
  required: boolean,
): ParameterReading {
  if (leftToPaginator.has(name)) return { value: text }
  const isEmpty =
    text === undefined || (text === '' && (schema.type !== 'string' || schema.enum !== undefined))
  if (!isEmpty) return coerced(schema, text) as ParameterReading
  return required ? { errors: ['This field is required.'] } : { value: schema.default }
}

function coerced(schema: ParameterSchema, text: string) {
  if (schema.enum) return readChoice(schema, text)
  if (schema.type === 'integer') return readInteger(schema, text)
  if (schema.type === 'number') return readNumber(schema, text)
  return schema.type === 'boolean' ? readBoolean(schema, text) : { value: text }
}
