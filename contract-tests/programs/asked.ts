import type { JournalEntry } from '../../client/control/index.ts'
import type { Json } from '../harness/json.ts'
import { hasAnswer, type SeenExchange } from '../harness/seen-exchange.ts'

/** What was asked of the API, but for the values. */
export interface Asked {
  readonly operationId: string
  /** Of the answer. */
  readonly status: number
  /** What the request made use of, such as `?search`, `/jobanalyses/0/command` and `range`. */
  readonly parts: readonly string[]
}

export function askedIn(exchanges: readonly SeenExchange[]): Asked[] {
  return exchanges.filter(hasAnswer).map(({ operationId, request: { url, headers, body }, response }) => {
    const parts = partsOf(url, headers, body.kind === 'json' ? body.value : undefined)
    return { operationId: operationId ?? 'outside', status: response.status, parts }
  })
}

/** Of a request without an answer nothing is said. */
export function askedBy({ operationId, request: { url, headers, body }, answer }: JournalEntry): Asked[] {
  if (!answer) return []
  const isJson = /json/.test(String(headers['content-type']))
  const json = isJson && body?.text ? (JSON.parse(body.text) as Json) : undefined
  const parts = partsOf(url, Object.entries(headers), json)
  return [{ operationId: operationId ?? 'outside', status: answer.status, parts }]
}

type Headers = readonly (readonly [name: string, ...value: unknown[]])[]

function partsOf(url: string, headers: Headers, json: Json | undefined): readonly string[] {
  const query = [...new URL(url, 'http://any').searchParams.keys()].map((name) => `?${name}`)
  const range = headers.some(([name]) => name.toLowerCase() === 'range') ? ['range'] : []
  return [...query, ...range, ...(json === undefined ? [] : leavesOf(json))]
}

/** Pointers of all that is neither an object nor a list, with `0` for any item. */
function leavesOf(json: Json, pointer = ''): string[] {
  if (typeof json !== 'object' || json === null) return [pointer]
  if (Array.isArray(json)) return json.flatMap((item) => leavesOf(item, `${pointer}/0`))
  return Object.entries(json).flatMap(([key, value]) => leavesOf(value, `${pointer}/${key}`))
}

/** Answers that others never had from the operation, and parts of requests that they never used with it. */
export function neverAsked(asked: readonly Asked[], others: readonly Asked[]): string[] {
  const known = new Set(others.flatMap(thingsIn))
  return [...new Set(asked.flatMap(thingsIn))].filter((thing) => !known.has(thing))
}

const thingsIn = ({ operationId, status, parts }: Asked): string[] => [
  `${operationId} ${status}`,
  ...parts.map((part) => `${operationId} with ${part}`),
]
