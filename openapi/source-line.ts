import type { Description } from './openapi-document.ts'
import { type ExchangePlace, walkTo } from './schema-walk.ts'

/** Where the description's statements stand in its files; `openapi/generated/source-lines.json`. */
export interface SourceLines {
  /** From the project's root. */
  readonly files: readonly string[]
  /** By place, such as `createJob 400` or `#Job/properties/name`: file and line, lines counted from 1. */
  readonly places: Readonly<Record<string, readonly number[]>>
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
  const { operationId, status, side, pointer } = place
  if (operationId === null) return []
  const answer = side === 'request' ? `${operationId} request` : `${operationId} ${status}`
  return [...(pointer === '' ? [] : componentsOn(place, description)), answer, operationId]
}

/** The properties and schemas on the way, innermost first. */
function componentsOn(place: ExchangePlace, description: Description): string[] {
  const walk = walkTo(place, description)
  const visited = [...(walk?.entered ?? []), ...(walk?.last ? [walk.last] : [])].toReversed()
  return visited.flatMap(({ path: [, kind, name, ...rest] }) =>
    kind === 'schemas' ? [[`#${name}`, ...rest].join('/')] : [],
  )
}
