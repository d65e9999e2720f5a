import { unescaped } from './json-pointer.ts'
import { type Description, describedOperations, resolve, type Schema } from './openapi-document.ts'

/** A place in an exchange that the description has something to say of. */
export interface ExchangePlace {
  readonly operationId: string | null
  readonly status: number | null
  readonly side: 'request' | 'response'
  /** JSON pointer into the body, `*` for any item of a list; empty for the whole. */
  readonly pointer: string
}

/** A schema with where it stands in the bundled description. */
export interface Located {
  readonly schema: Schema
  /** E.g. `['components', 'schemas', 'Job', 'properties', 'name']`. */
  readonly path: readonly string[]
}

export interface Walk {
  /** References followed. The whole body first, then one for each step that is described. */
  readonly entered: readonly Located[]
  /** Of the last step: as it stands at its holder, references not followed; null where it is not described. */
  readonly last: Located | null
}

/** Follows a pointer into the JSON body of an exchange. Null where no such body is described. */
export function walkTo({ pointer, ...place }: ExchangePlace, description: Description): Walk | null {
  const body = bodySchemaOf(place, description)
  if (body === null) return null
  const visited = [entered(body, description)]
  let last: Located | null = body
  for (const step of pointer.split('/').slice(1)) {
    const holder = visited.at(-1)
    last = holder ? below(holder, unescaped(step), description) : null
    if (last === null) break
    visited.push(entered(last, description))
  }
  return { entered: visited, last }
}

export const isItem = (step: string): boolean => /^(\d+|\*)$/.test(step)

const COMPONENT = '#/components/schemas/'

/** The schema that a reference stands for, with where that stands. */
export function entered(at: Located, description: Description): Located {
  const { $ref } = at.schema
  if (!$ref?.startsWith(COMPONENT)) return at
  const name = $ref.slice(COMPONENT.length)
  const schema = (description.components?.schemas?.[name] ?? {}) as Schema
  return entered({ schema, path: ['components', 'schemas', name] }, description)
}

function below({ schema, path }: Located, step: string, description: Description): Located | null {
  if (isItem(step) && schema.items) return { schema: schema.items, path: [...path, 'items'] }
  const property = schema.properties?.[step]
  if (property) return { schema: property, path: [...path, 'properties', step] }
  for (const kind of ['allOf', 'anyOf', 'oneOf'] as const) {
    for (const [index, part] of (schema[kind] ?? []).entries()) {
      const place = entered({ schema: part, path: [...path, kind, String(index)] }, description)
      const found = below(place, step, description)
      if (found) return found
    }
  }
  return null
}

function bodySchemaOf(
  { operationId, status, side }: Omit<ExchangePlace, 'pointer'>,
  description: Description,
): Located | null {
  const found = describedOperations(description).find(
    ({ operation }) => operation.operationId === operationId,
  )
  if (!found) return null
  const { requestBody, responses } = found.operation
  const holder = side === 'request' ? requestBody : responses[String(status)]
  if (!holder) return null
  const { content = {} } = resolve<{ content?: Record<string, { schema?: Schema }> }>(description, holder)
  const schema = content['application/json']?.schema
  const where = side === 'request' ? ['requestBody'] : ['responses', String(status)]
  const path = ['paths', found.path, found.method, ...where, 'content', 'application/json', 'schema']
  return schema ? { schema, path } : null
}
