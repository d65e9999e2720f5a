import type { Json, JsonObject } from '../domain/json.ts'

/**
 * Where a value does not hold what is wanted, as paths with words. Objects may have more than that; lists may not, and
 * have their order.
 */
export function differencesIn(value: Json | undefined, wanted: Json, path: string): string[] {
  if (Array.isArray(wanted)) return differencesInList(value, wanted, path)
  if (typeof wanted !== 'object' || wanted === null)
    return value === wanted
      ? []
      : [`${path} is ${JSON.stringify(value) ?? 'missing'}, not ${JSON.stringify(wanted)}`]
  if (!isObject(value)) return [`${path} is no object`]
  return Object.entries(wanted).flatMap(([name, part]) =>
    differencesIn(Object.hasOwn(value, name) ? value[name] : undefined, part, `${path}.${name}`),
  )
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function differencesInList(value: Json | undefined, wanted: readonly Json[], path: string): string[] {
  if (!Array.isArray(value)) return [`${path} is no list`]
  if (value.length !== wanted.length) return [`${path} has ${value.length} items, not ${wanted.length}`]
  return wanted.flatMap((part, index) => differencesIn(value[index], part, `${path}.${index}`))
}
