import { type Answered, answeredOf, finding, isSuccess, jsonIn } from '../checks/answered.ts'
import type { Finding } from '../finding.ts'
import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import type { SeenExchange } from '../seen-exchange.ts'

/** What begins before it ends, by the names of fields that stand in one object. */
const pairs = [
  ['dateStarted', 'dateCompleted'],
  ['dateInserted', 'dateCompleted'],
  ['dateInserted', 'dateStarted'],
] as const

/** Nothing ends before it begins. */
export function dateFindings(exchanges: readonly SeenExchange[]): Finding[] {
  return answeredOf(exchanges)
    .filter(isSuccess)
    .flatMap((exchange) =>
      objectsIn(jsonIn(exchange.response.body)).flatMap((found) => reversed(exchange, found)),
    )
}

interface Found {
  readonly pointer: string
  readonly value: JsonObject
}

/** Into one list: the lists of analyses hold thousands of objects. */
function objectsIn(value: Json | undefined, pointer = '', found: Found[] = []): Found[] {
  if (isObject(value)) found.push({ pointer, value })
  else if (!isList(value)) return found
  for (const [key, part] of Object.entries(value))
    if (typeof part === 'object') objectsIn(part, `${pointer}/${key}`, found)
  return found
}

function reversed(exchange: Answered, { pointer, value }: Found): Finding[] {
  return pairs.flatMap(([first, second]) => {
    const [before, after] = [value[first], value[second]]
    if (typeof before !== 'string' || typeof after !== 'string' || !(Date.parse(after) < Date.parse(before)))
      return []
    const message = `${second} lies before ${first}`
    return [
      finding(exchange, {
        class: 'order',
        pointer: `${pointer}/${second}`,
        expected: `not before ${before}`,
        received: after,
        message,
      }),
    ]
  })
}
