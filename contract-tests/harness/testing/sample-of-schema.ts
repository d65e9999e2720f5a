import { type Description, resolve, type Schema } from '../../../openapi/openapi-document.ts'
import type { Json } from '../json.ts'

/** A value with `text` in every string that the schema has, in a key of every open map, and in an undescribed field. */
export function sampleOf(description: Description, schema: Schema, text: string, depth = 0): Json {
  const whole = resolve<Schema>(description, schema)
  if (depth > 6) return null
  const inner = (part: Schema): Json => sampleOf(description, part, text, depth + 1)
  const [choice] = [...(whole.oneOf ?? []), ...(whole.anyOf ?? [])]
  if (whole.allOf) return Object.assign({}, ...whole.allOf.map(inner), objectOf(whole, inner, text))
  if (choice && !whole.properties) return inner(choice)
  const types = [whole.type ?? (whole.properties ? 'object' : 'string')].flat()
  if (types.includes('object')) return objectOf(whole, inner, text)
  if (types.includes('array')) return whole.items ? [inner(whole.items), inner(whole.items)] : [text]
  if (types.includes('string')) return text
  return types.includes('boolean') ? true : 7
}

function objectOf(schema: Schema, inner: (part: Schema) => Json, text: string): Json {
  const described = Object.entries(schema.properties ?? {}).map(([key, part]) => [key, inner(part)] as const)
  const open = typeof schema.additionalProperties === 'object' ? inner(schema.additionalProperties) : text
  return Object.fromEntries([
    ...described,
    [text, open],
    ['neverDescribed', text],
    ['nested', { [text]: [text, { deep: text }] }],
  ])
}
