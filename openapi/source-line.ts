import { type Description, describedOperations, resolve, type Schema } from './openapi-document.ts'

/** Where the description's statements stand in its files; `openapi/generated/source-lines.json`. */
export interface SourceLines {
  /** From the project's root. */
  readonly files: readonly string[]
  /** By place, such as `createJob 400` or `#Job/properties/name`: file and line, lines counted from 1. */
  readonly places: Readonly<Record<string, readonly number[]>>
}

/** A place in an exchange that the description has something to say of. */
export interface ExchangePlace {
  readonly operationId: string | null
  readonly status: number | null
  readonly side: 'request' | 'response'
  /** JSON pointer into the body; empty for the whole exchange. */
  readonly pointer: string
}

export interface SourceLine {
  readonly file: string
  readonly line: number
}

/** The nearest line of the description for a place: of the property, else of its object, the answer, the operation. */
export function sourceLineOf(
  place: ExchangePlace,
  description: Description,
  lines: SourceLines,
): SourceLine | null {
  for (const name of candidates(place, description)) {
    const [file = -1, line = 1] = lines.places[name] ?? []
    const path = lines.files[file]
    if (path !== undefined) return { file: path, line }
  }
  return null
}

/** From the most to the least precise. */
function candidates(place: ExchangePlace, description: Description): string[] {
  const { operationId, status, side } = place
  if (operationId === null) return []
  const answer = side === 'request' ? `${operationId} request` : `${operationId} ${status}`
  return [...placesOfPointer(place, description), answer, operationId]
}

function placesOfPointer(place: ExchangePlace, description: Description): string[] {
  const schema = schemaOf(place, description)
  if (schema === null || place.pointer === '') return []
  const places: string[] = []
  let at: Position = { schema, trail: null }
  for (const step of place.pointer.split('/').slice(1)) {
    at = entered(at, description)
    if (at.trail !== null) places.unshift(at.trail)
    const next = below(at, step, description)
    if (next === null) return places
    if (next.trail !== null) places.unshift(next.trail)
    at = next
  }
  return places
}

interface Position {
  readonly schema: Schema
  /** Where the schema stands, such as `#Job/properties/name`; null where it has no name. */
  readonly trail: string | null
}

const COMPONENT = '#/components/schemas/'

function entered({ schema, trail }: Position, description: Description): Position {
  if (schema.$ref?.startsWith(COMPONENT)) {
    const name = schema.$ref.slice(COMPONENT.length)
    const named = resolve<Schema>(description, { $ref: schema.$ref })
    return entered({ schema: named, trail: `#${name}` }, description)
  }
  return { schema, trail }
}

function below({ schema, trail }: Position, step: string, description: Description): Position | null {
  if (/^\d+$|^\*$/.test(step) && schema.items)
    return { schema: schema.items, trail: trail && `${trail}/items` }
  const property = schema.properties?.[step]
  if (property) return { schema: property, trail: trail && `${trail}/properties/${step}` }
  for (const part of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    const found = below(entered({ schema: part, trail: null }, description), step, description)
    if (found) return found
  }
  return null
}

function schemaOf({ operationId, status, side }: ExchangePlace, description: Description): Schema | null {
  const described = describedOperations(description).find(
    ({ operation }) => operation.operationId === operationId,
  )
  if (!described) return null
  const { requestBody, responses } = described.operation
  const holder = side === 'request' ? requestBody : responses[String(status)]
  if (!holder) return null
  const { content = {} } = resolve<{ content?: Record<string, { schema?: Schema }> }>(description, holder)
  return content['application/json']?.schema ?? null
}
