import type { BodySchema } from '../../openapi/route.ts'
import { isMapping } from '../exchange/python-value.ts'
import { alternativeFor, type FieldErrors } from '../exchange/read-body.ts'

/**
 * What a body holds that is not described, as errors by field; null when there is nothing. The API ignores such
 * fields, as the real platform does; a control that did would let a misspelt wish pass for a granted one.
 */
export function unknownFields(schema: BodySchema, body: unknown): FieldErrors | null {
  const alternative = schema.oneOf && alternativeFor(schema.oneOf, body)
  if (alternative) return unknownFields(alternative, body)
  if (schema.type === 'array' && schema.items && Array.isArray(body)) return inItems(schema.items, body)
  if (schema.type !== 'object' || !schema.properties || !isMapping(body)) return null
  const errors = Object.keys(body).flatMap((name): [string, FieldErrors][] => {
    const field = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined
    if (!field) return schema.additionalProperties ? [] : [[name, ['There is no such field.']]]
    const within = unknownFields(field, body[name])
    return within ? [[name, within]] : []
  })
  return errors.length > 0 ? Object.fromEntries(errors) : null
}

function inItems(schema: BodySchema, items: readonly unknown[]): FieldErrors | null {
  const errors = items.map((item) => unknownFields(schema, item) ?? {})
  return errors.some((error) => Object.keys(error).length > 0) ? errors : null
}
