import { type Description, resolve, type Schema } from '../../openapi/openapi-document.ts'

/**
 * Closing a schema finds what an answer holds and the description does not say. It has to happen where a schema is used,
 * never inside it: a part of an `allOf` that were closed would refuse what its neighbours describe.
 */
export interface SchemaNames {
  /** The id of a component used as a part: closed within, not itself. */
  part(component: string): string
  /** The id of a component used as a whole. */
  whole(component: string): string
}

export class SchemaCloser {
  readonly #description: Description
  readonly #names: SchemaNames

  constructor(description: Description, names: SchemaNames) {
    this.#description = description
    this.#names = names
  }

  /** A schema that describes a whole value. */
  whole(schema: Schema): Schema {
    if (!this.#describesProperties(schema)) return this.part(schema)
    if (schema.$ref !== undefined && Object.keys(schema).length === 1) {
      return { $ref: this.#names.whole(componentOf(schema.$ref)) }
    }
    return { ...this.part(schema), unevaluatedProperties: false }
  }

  /** A schema that describes a value together with others. */
  part(schema: Schema): Schema {
    return rewritten(schema, {
      reference: (component) => this.#names.part(component),
      beside: (part) => this.part(part),
      below: (part) => this.whole(part),
    })
  }

  /** Free maps say so by `additionalProperties`, and anything else without `properties` is open on purpose too. */
  #describesProperties(schema: Schema): boolean {
    if ('additionalProperties' in schema || 'unevaluatedProperties' in schema) return false
    if (
      schema.$ref !== undefined &&
      this.#describesProperties(resolve<Schema>(this.#description, { $ref: schema.$ref }))
    ) {
      return true
    }
    if (schema.properties !== undefined) return true
    return besideKeywords.some((keyword) => schema[keyword]?.some((part) => this.#describesProperties(part)))
  }
}

const besideKeywords = ['allOf', 'oneOf', 'anyOf'] as const

const annotations = new Set([
  'title',
  'description',
  'example',
  'examples',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$comment',
])

interface Rewriting {
  reference(component: string): string
  /** For schemas of the same value. */
  beside(schema: Schema): Schema
  /** For schemas of a value within. */
  below(schema: Schema): Schema
}

/** The schema without what says nothing about validity, its references and subschemas replaced. */
export function rewritten(schema: Schema, { reference, beside, below }: Rewriting): Schema {
  const change: Record<string, (value: never) => unknown> = {
    $ref: (pointer: string) => reference(componentOf(pointer)),
    properties: (parts: Record<string, Schema>) => mapValues(parts, below),
    patternProperties: (parts: Record<string, Schema>) => mapValues(parts, below),
    additionalProperties: (part: boolean | Schema) => (typeof part === 'boolean' ? part : below(part)),
    items: below,
    prefixItems: (parts: Schema[]) => parts.map(below),
    allOf: (parts: Schema[]) => parts.map(beside),
    oneOf: (parts: Schema[]) => parts.map(beside),
    anyOf: (parts: Schema[]) => parts.map(beside),
  }
  const kept = Object.entries(schema).filter(([key]) => !annotations.has(key) && !key.startsWith('x-'))
  return Object.fromEntries(
    kept.map(([key, value]) => [key, Object.hasOwn(change, key) ? change[key]?.(value as never) : value]),
  )
}

export function componentOf(pointer: string): string {
  const name = /^#\/components\/schemas\/([^/]+)$/.exec(pointer)?.[1]
  if (name === undefined) throw new Error(`${pointer} is no schema component`)
  return name
}

function mapValues<A, B>(values: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]))
}
