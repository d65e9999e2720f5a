import type { Description, Schema } from './openapi-document.ts'
import { type ExchangePlace, entered, isItem, type Located, walkTo } from './schema-walk.ts'

/** Where a field is described in the bundled description, for an overlay to change it. */
export interface SchemaPlace {
  /** The object schema that the field belongs to; of several that are put together, the one that describes it. */
  readonly holder: Located
  /** The schema that requires the field; null where none does. */
  readonly requiring: Located | null
  /** The field; null for an item of a list. */
  readonly key: string | null
  /** As it stands at its holder, references not followed; null where it is not described. */
  readonly stated: Located | null
  /** The same, references followed. */
  readonly field: Located | null
}

/** Null where no JSON body is described, or what the pointer goes through is not. */
export function schemaPlaceOf(place: ExchangePlace, description: Description): SchemaPlace | null {
  const steps = place.pointer.split('/').slice(1)
  const key = steps.at(-1)
  const walk = key === undefined ? null : walkTo(place, description)
  // Of the holders all but the field itself must be described.
  const whole = walk?.entered[steps.length - 1]
  if (!walk || !whole || key === undefined) return null
  const field = walk.entered[steps.length] ?? null
  const stated = field && walk.last
  return {
    holder: (stated && objectOf(stated, description)) ?? whole,
    requiring: requiringIn(whole, key, description),
    key: isItem(key) ? null : key,
    stated,
    field,
  }
}

/** The schema whose `properties` a property stands among. */
function objectOf({ path }: Located, description: Description): Located | null {
  if (path.at(-2) !== 'properties') return null
  const above = path.slice(0, -2)
  return { schema: schemaAt(above, description), path: above }
}

const schemaAt = (path: readonly string[], description: Description): Schema =>
  path.reduce<unknown>(
    (at, step) => (at as Record<string, unknown> | undefined)?.[step],
    description,
  ) as Schema

function requiringIn(at: Located, key: string, description: Description): Located | null {
  if (at.schema.required?.includes(key)) return at
  for (const [index, part] of (at.schema.allOf ?? []).entries()) {
    const below = { schema: part, path: [...at.path, 'allOf', String(index)] }
    const found = requiringIn(entered(below, description), key, description)
    if (found) return found
  }
  return null
}

/** A JSONPath (RFC 9535) that selects the one node at a path. */
export const jsonPath = (path: readonly string[]): string =>
  `$${path.map((step, index) => segment(step, path[index - 1])).join('')}`

function segment(step: string, before: string | undefined): string {
  if (/^[A-Za-z_]\w*$/.test(step)) return `.${step}`
  // A number elsewhere is a name, such as that of a status.
  const isIndex = before === 'allOf' || before === 'anyOf' || before === 'oneOf'
  return isIndex ? `[${step}]` : `[${quoted(step)}]`
}

/** As JSONPath writes texts. */
export const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`
