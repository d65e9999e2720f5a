import type { Json, JsonObject } from '../json.ts'

/** What all of the values are; of several kinds, one of them. */
export function schemaOfValues(
  values: readonly Json[],
  of: (value: Json) => JsonObject = schemaOf,
): JsonObject {
  const schemas = new Map(values.map(of).map((schema) => [JSON.stringify(schema), schema]))
  const [first = {}] = schemas.values()
  return schemas.size < 2 ? first : { anyOf: [...schemas.values()] }
}

/** The narrowest schema that can be told from one value: types only, no constraints. */
export function schemaOf(value: Json): JsonObject {
  if (value === null) return { type: 'null' }
  if (Array.isArray(value))
    return value.length === 0 ? { type: 'array' } : { type: 'array', items: schemaOfValues(value as Json[]) }
  if (typeof value === 'object') {
    const properties = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, schemaOf(inner)]))
    return { type: 'object', properties }
  }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' }
  return { type: typeof value }
}

const DATE = /^\d{4}-\d\d-\d\d(?:([T ])\d\d:\d\d(:\d\d)?(\.\d+)?(?:(Z)|[+-]\d\d(:?)\d\d)?)?$/

/** How a date is written, digits aside: as a fraction has three or six of them, any number. Null for what is no date. */
export function datePatternOf(text: string): string | null {
  const match = DATE.exec(text)
  if (!match) return null
  const [, between, seconds, fraction, zulu, colon] = match
  const day = String.raw`\d{4}-\d{2}-\d{2}`
  if (between === undefined) return `^${day}$`
  const time = String.raw`\d{2}:\d{2}` + (seconds === undefined ? '' : String.raw`:\d{2}`)
  const part = fraction === undefined ? '' : String.raw`\.\d+`
  const zone = zulu ?? (colon === undefined ? '' : String.raw`[+-]\d{2}${colon}\d{2}`)
  return `^${day}${between}${time}${part}${zone}$`
}
