import type { Parameter, ParameterSchema } from '../../openapi/route.ts'
import type { FieldErrors } from './read-body.ts'
import { readBoolean, readInteger, readNumber } from './read-scalar.ts'

export type ParameterValue = string | number | boolean
export type ParameterValues = Readonly<Record<string, ParameterValue>>

/** Django REST framework's paginator judges these itself: the answer to a bad page is 404, and to a bad size none at all. */
const leftToPaginator = new Set(['page', 'page_size'])

/**
 * The described parameters of a query string (without its question mark), coerced. Others are ignored, and of several
 * with one name the last one counts, as in Django's `QueryDict.get`. A value that is none of its choices is refused in
 * django-filter's words, while what makes no number or boolean counts as not given, as its boolean filters have it
 * (inferred: no source shows what the real service does with either).
 */
export function readQuery(
  parameters: readonly Parameter[],
  query: string,
): { readonly value: ParameterValues } | { readonly errors: FieldErrors } {
  const given = new URLSearchParams(query)
  const values: [string, ParameterValue][] = []
  const errors: [string, readonly string[]][] = []
  for (const { name, schema, in: place } of parameters) {
    if (place !== 'query') continue
    const text = given.getAll(name).at(-1)
    const value = leftToPaginator.has(name) ? text : coerced(schema, text)
    if (value === misfit)
      errors.push([name, [`Select a valid choice. ${text} is not one of the available choices.`]])
    else if (value !== undefined) values.push([name, value])
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
    const value = Object.hasOwn(texts, name) ? coerced(schema, texts[name]) : undefined
    if (value === undefined || value === misfit) return null
    values.push([name, value])
  }
  return Object.fromEntries(values)
}

const misfit = Symbol('none of the choices')

function coerced(
  schema: ParameterSchema,
  text: string | undefined,
): ParameterValue | typeof misfit | undefined {
  const { type, enum: choices } = schema
  if (text === undefined || (text === '' && (type !== 'string' || choices))) return schema.default
  if (type === 'string') return choices && !choices.includes(text) ? misfit : text
  const reading = read[type](schema, text)
  if ('errors' in reading || choices?.includes(reading.value as number) === false) return schema.default
  return reading.value as ParameterValue
}

const read = { integer: readInteger, number: readNumber, boolean: readBoolean }
