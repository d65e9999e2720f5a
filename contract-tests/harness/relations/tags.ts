import { type Answered, answeredOf, broken, calls, isSuccess, jsonIn, pathValue } from '../checks/answered.ts'
import type { Finding } from '../finding.ts'
import { isList, type Json, textAt } from '../json.ts'
import type { SeenExchange } from '../seen-exchange.ts'

/** A tag that was added is answered and listed, until it is removed; from then on it is not. */
export function tagFindings(exchanges: readonly SeenExchange[]): Finding[] {
  const answered = calls(
    answeredOf(exchanges).filter(isSuccess),
    ...(['addJobTag', 'removeJobTag', 'listJobTags'] as const),
  )
  const jobs = new Set(answered.map((exchange) => pathValue(exchange, 'jobId')))
  return [...jobs].flatMap((jobId) =>
    findingsOfJob(answered.filter((one) => pathValue(one, 'jobId') === jobId)),
  )
}

/** By the normalized name: as it was last spelled, and whether it is to be listed. */
type SaidTags = Map<string, { readonly name: string; readonly should: boolean }>

function findingsOfJob(answered: readonly Answered[]): Finding[] {
  const said: SaidTags = new Map()
  return answered.flatMap((exchange) => {
    const body = jsonIn(exchange.response.body)
    if (exchange.operationId === 'listJobTags') return misListed(exchange, body, said)
    const name = textAt(jsonIn(exchange.request.body), 'name')
    if (name === undefined) return []
    said.set(normalized(name), { name, should: exchange.operationId === 'addJobTag' })
    return exchange.operationId === 'addJobTag' ? misAnswered(exchange, body, name) : []
  })
}

function misAnswered(exchange: Answered, body: Json | undefined, name: string): Finding[] {
  const answered = textAt(body, 'name')
  if (answered === undefined || isSameTag(answered, name)) return []
  const message = `the tag "${name}" was sent, and "${answered}" is answered`
  return [broken(exchange, 'echo', { pointer: '/name', expected: name, received: answered, message })]
}

function misListed(exchange: Answered, body: Json | undefined, said: SaidTags): Finding[] {
  if (!isList(body)) return []
  const listed = body.flatMap((tag) => textAt(tag, 'name') ?? [])
  return [...said.values()].flatMap(({ name, should }) => {
    const index = listed.findIndex((one) => isSameTag(one, name))
    if (index >= 0 === should) return []
    return should
      ? broken(exchange, 'read-after-write', {
          expected: name,
          received: JSON.stringify(listed).slice(0, 120),
          message: `the tag "${name}" was added, and is not listed`,
        })
      : broken(exchange, 'deleted-is-gone', {
          pointer: `/${index}`,
          expected: 'not listed',
          received: name,
          message: `the tag "${name}" was removed, and is listed`,
        })
  })
}

/** What differs in case only has one normalized name (api-facts §4.14): the platform may keep the spelling it had. */
const normalized = (name: string): string => name.trim().toLowerCase()

const isSameTag = (one: string, other: string): boolean => normalized(one) === normalized(other)
