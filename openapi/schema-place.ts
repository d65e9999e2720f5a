import type { Description, Schema } from './openapi-document.ts'
import { type ExchangePlace, isItem, walkTo } from './schema-walk.ts'

/** Where a field is described in the bundled description, for an overlay to change it. */
export interface SchemaPlace {
  /** JSONPath of the object schema that the field belongs to. */
  readonly parent: string
  /** The field; null for an item of a list. */
  readonly key: string | null
  /** The types that are described; null where the field is not, or has none. */
  readonly type: readonly string[] | null
  /** JSONPath of the list of values that the field may have; null where it may have any. */
  readonly enumTarget: string | null
}

/** Null where no JSON body is described, or what the pointer goes through is not. */
export function schemaPlaceOf(place: ExchangePlace, description: Description): SchemaPlace | null {
  const steps = place.pointer.split('/').slice(1)
  const key = steps.at(-1)
  const walk = key === undefined ? null : walkTo(place, description)
  // Of the holders all but the field itself must be described.
  const holder = walk?.entered[steps.length - 1]
  if (!walk || !holder || key === undefined) return null
  const field = walk.entered[steps.length]
  return {
    parent: jsonPath(holder.path),
    key: isItem(key) ? null : key,
    type: field ? typesOf(field.schema) : null,
    enumTarget: field?.schema.enum ? jsonPath([...field.path, 'enum']) : null,
  }
}

const typesOf = ({ type }: Schema): readonly string[] | null =>
  type === undefined ? null : typeof type === 'string' ? [type] : type

const jsonPath = (path: readonly string[]): string =>
  `$${path.map((step) => (/^[A-Za-z_]\w*$/.test(step) ? `.${step}` : /^\d+$/.test(step) ? `[${step}]` : `['${step}']`)).join('')}`
