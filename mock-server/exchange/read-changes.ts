import type { BodySchema } from '../../openapi/route.ts'
import { isMapping } from './python-value.ts'
import { type Reading, readBody } from './read-body.ts'

/**
 * Reads the body of a PATCH: what is not there stays as it is. What is there replaces what was, lists as a whole, so
 * that their entries have to be whole too (inferred: no source shows a change of half an analysis).
 */
export function readChanges(schema: BodySchema, input: unknown): Reading {
  if (!isMapping(input)) return readBody(schema, input, { partial: true })
  const given = Object.entries(schema.properties ?? {}).filter(([name, { aliases = [] }]) =>
    [name, ...aliases].some((spelling) => Object.hasOwn(input, spelling)),
  )
  return readBody({ ...schema, properties: Object.fromEntries(given), required: [] }, input, {
    partial: false,
  })
}
