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

function objectsIn(value: Json | undefined, pointer = ''): Found[] {
  if (isList(value)) return value.flatMap((item, index) => objectsIn(item, `${pointer}/${index}`))
  if (!isObject(value)) return []
  const within = Object.entries(value).flatMap(([key, part]) => objectsIn(part, `${pointer}/${key}`))
  return [{ pointer, value }, ...within]
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
