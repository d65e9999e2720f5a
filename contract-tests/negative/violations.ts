import fc from 'fast-check'
import type { BodySchema } from '../../openapi/route.ts'

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue }

/** One constraint of a request's schema, and bodies that break it and no other. */
export interface Violation {
  /** With `0` for the item of a list. */
  readonly pointer: string
  readonly constraint: string
  /** Whose constraint it is. */
  readonly schema: BodySchema
  /** Values for the place; `absent` for a key to be left out. */
  readonly bad: fc.Arbitrary<JsonValue | typeof absent>
  /** Schemas from the body to the place, so that what is missing on the way can be filled in. */
  readonly trail: readonly Step[]
}

interface Step {
  readonly key: string | number
  readonly schema: BodySchema
}

export const absent = Symbol('absent')

/** All ways to break one constraint of a schema, or of those that are in it. */
export function violationsOf(schema: BodySchema, trail: readonly Step[] = []): Violation[] {
  const { oneOf: alternatives = [], required = [] } = schema
  const here = (constraint: string, bad: Violation['bad'], more: readonly Step[] = []): Violation => {
    const full = [...trail, ...more]
    return { pointer: full.map(({ key }) => `/${key}`).join(''), constraint, schema, bad, trail: full }
  }
  return [
    ...ofType(schema, alternatives).map((bad) => here('type', bad)),
    ...ofBounds(schema).map(([constraint, bad]) => here(constraint, bad)),
    ...required.map((key) =>
      here('required', fc.constant(absent), [{ key, schema: schema.properties?.[key] ?? {} }]),
    ),
    ...stepsInto(schema).flatMap((step) => violationsOf(step.schema, [...trail, step])),
    ...alternatives.flatMap((one) => ofAlternative(one, alternatives, trail)),
  ]
}

function stepsInto({ properties = {}, additionalProperties: free, items }: BodySchema): Step[] {
  return [
    ...Object.entries(properties).map(([key, schema]) => ({ key, schema })),
    ...(typeof free === 'object' ? [{ key: 'anyName', schema: free }] : []),
    ...(items ? [{ key: 0, schema: items }] : []),
  ]
}

/**
 * What breaks one of several alternatives. What breaks its own constraints, and not those of a schema in it,
 * must be of a type that no other alternative takes; its type is broken for all of them together.
 */
function ofAlternative(
  alternative: BodySchema,
  all: readonly BodySchema[],
  trail: readonly Step[],
): Violation[] {
  const holder = trail.at(-1)
  if (!holder) throw new Error('a body that itself may be one of several is not provided for')
  const isLike = all.some((one) => one !== alternative && one.type === alternative.type)
  return violationsOf(alternative, [...trail.slice(0, -1), { ...holder, schema: alternative }]).filter(
    ({ schema, constraint }) => schema !== alternative || (constraint !== 'type' && !isLike),
  )
}

/** The constraints of a schema, and of those that are in it, that {@link violationsOf} it never breaks. */
export function neverBroken(schema: BodySchema): string[] {
  const broken = new Map<BodySchema, Set<string>>()
  for (const { schema: one, constraint } of violationsOf(schema))
    broken.set(one, (broken.get(one) ?? new Set()).add(constraint))
  return placesIn(schema).flatMap((place) =>
    constraintsOf(place)
      .filter((one) => !broken.get(place.schema)?.has(one))
      .map((one) => `${one} at ${place.pointer}`),
  )
}

interface Place {
  /** With `(1)` for the second of several alternatives. */
  readonly pointer: string
  readonly schema: BodySchema
  readonly isAlternative: boolean
}

function placesIn(schema: BodySchema, pointer = '', isAlternative = false): Place[] {
  return [
    { pointer, schema, isAlternative },
    ...stepsInto(schema).flatMap((step) => placesIn(step.schema, `${pointer}/${step.key}`)),
    ...(schema.oneOf ?? []).flatMap((one, index) => placesIn(one, `${pointer}(${index})`, true)),
  ]
}

/** Keywords that refuse nothing by themselves. */
const saysNothing: ReadonlySet<string> = new Set<keyof BodySchema>([
  'aliases',
  'default',
  'nullable',
  'properties',
  'additionalProperties',
  'items',
  'oneOf',
])

function constraintsOf({ schema, isAlternative }: Place): string[] {
  const keywords = Object.keys(schema).filter((one) => !saysNothing.has(one))
  if (schema.oneOf) return [...keywords, 'type']
  return isAlternative ? keywords.filter((one) => one !== 'type') : keywords
}

type Bounds = [constraint: string, bad: fc.Arbitrary<JsonValue>]

function ofBounds(schema: BodySchema): Bounds[] {
  const { enum: values, format, minimum, maximum, minLength, maxLength, minItems, maxItems, items } = schema
  const list: Bounds[] = []
  if (format === 'email')
    list.push(['format', fc.constantFrom('nobody', 'a@', '@b.example', 'a b@c.example')])
  if (values) list.push(['enum', fc.string({ minLength: 3, maxLength: 12 }).map((text) => `no ${text}`)])
  if (minimum !== undefined) list.push(['minimum', fc.integer({ min: -1_000_000, max: minimum - 1 })])
  if (maximum !== undefined) list.push(['maximum', fc.integer({ min: maximum + 1, max: 2 ** 31 })])
  if (minLength) list.push(['minLength', fc.constantFrom('', ' ')])
  if (maxLength !== undefined)
    list.push([
      'maxLength',
      fc.integer({ min: maxLength + 1, max: maxLength + 500 }).map((length) => 'x'.repeat(length)),
    ])
  if (minItems) list.push(['minItems', fc.constant([])])
  if (maxItems !== undefined)
    list.push(['maxItems', fc.constant(Array(maxItems + 1).fill(validFor(items ?? {})))])
  return list
}

/** JSON types that the platform cannot take for the right one: it reads numbers out of texts, and texts out of numbers. */
function ofType(
  { type, nullable }: BodySchema,
  alternatives: readonly BodySchema[],
): fc.Arbitrary<JsonValue>[] {
  const types = alternatives.length > 0 ? alternatives.map((one) => one.type) : [type]
  if (types.includes(undefined)) return []
  const bad: JsonValue[] = []
  if (!types.includes('object')) bad.push({}, { a: 1 })
  if (!types.includes('array')) bad.push([], [1])
  if (types.every((one) => one === 'object' || one === 'array')) bad.push('text', 5, true)
  if (types.every((one) => one === 'integer' || one === 'number')) bad.push('text', '1e999')
  if (types.every((one) => one === 'boolean')) bad.push('perhaps', 7)
  const isNullable = nullable || alternatives.some((one) => one.nullable)
  if (!isNullable && types.every((one) => one !== 'boolean')) bad.push(null)
  return bad.map((value) => fc.constant(value))
}

/** The smallest value that a schema allows. */
export function validFor(schema: BodySchema): JsonValue {
  const { oneOf, enum: values, type } = schema
  if (oneOf?.[0]) return validFor(oneOf[0])
  if (values?.[0] !== undefined) return values[0]
  switch (type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [key, validFor(schema.properties?.[key] ?? {})]),
      )
    case 'array':
      return schema.minItems ? [validFor(schema.items ?? {})] : []
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    default:
      return 'x'.padEnd(schema.minLength ?? 1, 'x')
  }
}

/** `body` with a value at the violation's place; what is missing on the way is filled in with what is valid. */
export function broken(body: JsonValue, trail: readonly Step[], value: JsonValue | typeof absent): JsonValue {
  const [step, ...rest] = trail
  if (!step) return value === absent ? null : value
  const copy = structuredClone(body)
  const holder = (
    typeof copy === 'object' && copy !== null ? copy : typeof step.key === 'number' ? [] : {}
  ) as Record<string, JsonValue>
  const isLast = rest.length === 0
  if (isLast && value === absent) delete holder[step.key]
  else if (isLast) holder[step.key] = value as JsonValue
  else holder[step.key] = broken(holderFor(holder[step.key], step.schema), rest, value)
  return holder
}

/** What is there already, unless it is of another alternative. */
function holderFor(there: JsonValue | undefined, schema: BodySchema): JsonValue {
  const isList = Array.isArray(there)
  const fits = schema.type === 'array' ? isList : typeof there === 'object' && there !== null && !isList
  return fits && there !== undefined ? there : validFor(schema)
}
