import type { BodySchema } from '../../openapi/route.ts'
import { isMapping, isShallow, pythonType } from './python-value.ts'
import { readBoolean, readChoice, readInteger, readNumber, readText } from './read-scalar.ts'

/** Messages by field, by position in a list of objects, or on the value itself. */
export type FieldErrors =
  | readonly string[]
  | readonly FieldErrors[]
  | { readonly [field: string]: FieldErrors }

export type Reading<T = unknown> = { readonly value: T } | { readonly errors: FieldErrors }

export interface ReadOptions {
  /** As for PATCH: nothing is required and nothing is filled in, at any depth. */
  readonly partial: boolean
}

/** No key may be missing and none may be more: what a serializer's field says when it leaves itself out. */
const absent = Symbol('absent')
type FieldReading = Reading | typeof absent

// Django answers 500 to bodies nested about a thousand levels deep; beyond this, free values are refused as no valid JSON.
export const MAX_FREE_DEPTH = 64

/**
 * Reads a request body as a serializer of Django REST framework would (inferred: the error shapes that clients of the
 * real service print are its own). Unknown keys are ignored. An empty body, given as undefined, is an empty map.
 */
export function readBody<T = unknown>(schema: BodySchema, input: unknown, options: ReadOptions): Reading<T> {
  if (input === null && !schema.nullable && !isFree(schema))
    return { errors: { non_field_errors: ['No data provided'] } }
  if (schema.type === 'object' && input !== undefined && input !== null && !isMapping(input))
    return noMapping(input)
  return readValue(schema, input === undefined ? {} : input, options) as Reading<T>
}

function readValue(schema: BodySchema, input: unknown, options: ReadOptions): Reading {
  if (input === null) {
    return schema.nullable || isFree(schema) ? { value: null } : { errors: ['This field may not be null.'] }
  }
  if (schema.oneOf) return readAlternative(schema.oneOf, input, options)
  if (schema.enum) return readChoice(schema, input)
  switch (schema.type) {
    case 'object':
      return schema.properties ? readObject(schema, input, options) : readMap(schema, input, options)
    case 'array':
      return readArray(schema, input, options)
    case 'string':
      return readText(schema, input)
    case 'integer':
      return readInteger(schema, input)
    case 'number':
      return readNumber(schema, input)
    case 'boolean':
      return readBoolean(schema, input)
    default:
      return readFree(input)
  }
}

function isFree(schema: BodySchema): boolean {
  return schema.type === undefined && !schema.oneOf && !schema.enum
}

function readFree(input: unknown): Reading {
  return isShallow(input, MAX_FREE_DEPTH) ? { value: input } : { errors: ['Value must be valid JSON.'] }
}

/** The alternative for this kind of value; where there is none, the first one says what is wrong. */
function readAlternative(alternatives: readonly BodySchema[], input: unknown, options: ReadOptions): Reading {
  const chosen = alternativeFor(alternatives, input)
  return chosen ? readValue(chosen, input, options) : readFree(input)
}

/** Objects that name their kind are told apart by it, other values by their type. */
export function alternativeFor(alternatives: readonly BodySchema[], input: unknown): BodySchema | undefined {
  const tagged = isMapping(input)
    ? alternatives.find((alternative) => bearsTag(alternative, input))
    : undefined
  const suited = kindsOf(input).flatMap(
    (kind) => alternatives.find((alternative) => alternative.type === kind) ?? [],
  )
  return tagged ?? suited[0] ?? alternatives[0]
}

/** Whether some key can have only one value in it, and has that. */
const bearsTag = ({ properties = {} }: BodySchema, input: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(properties).some(
    ([name, field]) => field.enum?.length === 1 && field.enum[0] === input[name],
  )

/** Types that take a value, the closest first: a number may be meant as text, and text as a number. */
function kindsOf(input: unknown): readonly BodySchema['type'][] {
  if (typeof input === 'string') return ['string', 'integer', 'number', 'boolean']
  if (typeof input === 'number') return [Number.isInteger(input) ? 'integer' : 'number', 'number', 'string']
  if (typeof input === 'boolean') return ['boolean']
  return [Array.isArray(input) ? 'array' : 'object']
}

function readObject(schema: BodySchema, input: unknown, options: ReadOptions): Reading {
  if (!isMapping(input)) return noMapping(input)
  const values: [string, unknown][] = []
  const errors: [string, FieldErrors][] = []
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const reading = readField(name, field, schema, input, options)
    if (reading === absent) continue
    if ('errors' in reading) errors.push([name, reading.errors])
    else values.push([name, reading.value])
  }
  if (schema.additionalProperties)
    readRest(schema, schema.additionalProperties, input, options, values, errors)
  return errors.length > 0 ? { errors: Object.fromEntries(errors) } : { value: Object.fromEntries(values) }
}

const noMapping = (input: unknown): { readonly errors: FieldErrors } => ({
  errors: { non_field_errors: [`Invalid data. Expected a dictionary, but got ${pythonType(input)}.`] },
})

function readField(
  name: string,
  field: BodySchema,
  owner: BodySchema,
  input: Readonly<Record<string, unknown>>,
  options: ReadOptions,
): FieldReading {
  const key = [name, ...(field.aliases ?? [])].find((spelling) => Object.hasOwn(input, spelling))
  if (key !== undefined) return readValue(field, input[key], options)
  if (options.partial) return absent
  if (owner.required?.includes(name)) return { errors: ['This field is required.'] }
  return field.default === undefined ? absent : { value: ownCopy(field.default) }
}

/** What is filled in belongs to the body from then on. Most defaults are no objects, and cloning is dear. */
const ownCopy = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? structuredClone(value) : value

/** The keys of a map that also names some of its keys. */
function readRest(
  schema: BodySchema,
  rest: BodySchema | true,
  input: Readonly<Record<string, unknown>>,
  options: ReadOptions,
  values: [string, unknown][],
  errors: [string, FieldErrors][],
): void {
  for (const [key, item] of Object.entries(input)) {
    if (Object.hasOwn(schema.properties ?? {}, key)) continue
    const reading = readValue(rest === true ? {} : rest, item, options)
    if ('errors' in reading) errors.push([key, reading.errors])
    else values.push([key, reading.value])
  }
}

function readMap(schema: BodySchema, input: unknown, options: ReadOptions): Reading {
  if (!isMapping(input)) {
    return { errors: [`Expected a dictionary of items but got type "${pythonType(input)}".`] }
  }
  const values: [string, unknown][] = []
  const errors: [string, FieldErrors][] = []
  readRest(schema, schema.additionalProperties ?? true, input, options, values, errors)
  return errors.length > 0 ? { errors: Object.fromEntries(errors) } : { value: Object.fromEntries(values) }
}

function readArray(schema: BodySchema, input: unknown, options: ReadOptions): Reading {
  const item = schema.items ?? {}
  return item.type === 'object' && item.properties !== undefined
    ? readObjects(schema, item, input, options)
    : readItems(schema, item, input, options)
}

/** A nested serializer with `many=True`. */
function readObjects(schema: BodySchema, item: BodySchema, input: unknown, options: ReadOptions): Reading {
  const misfit = noList(schema, input) ?? wrongLength(schema, input as readonly unknown[])
  if (misfit !== null) return { errors: { non_field_errors: [misfit] } }
  const readings = (input as readonly unknown[]).map((entry) => readValue(item, entry, options))
  return valuesOf(readings) ?? { errors: errorsByPosition(readings) }
}

/** ListField, which minds its length only when every entry is right. */
function readItems(schema: BodySchema, item: BodySchema, input: unknown, options: ReadOptions): Reading {
  const misfit = noList(schema, input)
  if (misfit !== null) return { errors: [misfit] }
  const readings = (input as readonly unknown[]).map((entry) => readValue(item, entry, options))
  const values = valuesOf(readings)
  const length = wrongLength(schema, readings)
  if (values === null) return { errors: errorsByIndex(readings) }
  return length === null ? values : { errors: [length] }
}

function noList({ minItems = 0 }: BodySchema, input: unknown): string | null {
  if (!Array.isArray(input)) return `Expected a list of items but got type "${pythonType(input)}".`
  return input.length === 0 && minItems > 0 ? 'This list may not be empty.' : null
}

function wrongLength(
  { minItems = 0, maxItems = Infinity }: BodySchema,
  { length }: readonly unknown[],
): string | null {
  if (length > maxItems) return `Ensure this field has no more than ${maxItems} elements.`
  return length < minItems ? `Ensure this field has at least ${minItems} elements.` : null
}

function valuesOf(readings: readonly Reading[]): Reading | null {
  const values: unknown[] = []
  for (const reading of readings) {
    if ('errors' in reading) return null
    values.push(reading.value)
  }
  return { value: values }
}

/** Nested serializers answer with a list in which entries without mistakes are empty maps. */
function errorsByPosition(readings: readonly Reading[]): FieldErrors {
  return readings.map((reading) => ('errors' in reading ? reading.errors : {}))
}

/** Lists of plain values answer with a map from the index to what is wrong there. */
function errorsByIndex(readings: readonly Reading[]): FieldErrors {
  const wrong = readings.flatMap((reading, index) =>
    'errors' in reading ? [[index, reading.errors] as const] : [],
  )
  return Object.fromEntries(wrong)
}
