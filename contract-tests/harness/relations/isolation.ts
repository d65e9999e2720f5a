import { type Answered, answeredOf, broken, calls, isSuccess, jsonIn, pathValue } from '../checks/answered.ts'
import type { Finding } from '../finding.ts'
import { at, isList, textAt } from '../json.ts'
import type { SeenExchange } from '../seen-exchange.ts'

const idsInPaths = ['jobId', 'fileId', 'deviceId'] as const

/** Whoever has another key sees nothing of what this one owns, until it is shared. */
export function isolationFindings(exchanges: readonly SeenExchange[]): Finding[] {
  const answered = answeredOf(exchanges)
  return answered
    .filter(({ caller }) => caller === 'other')
    .flatMap((exchange) => {
      const owned = ownedBefore(answered, exchange.seq)
      return [...opened(exchange, owned), ...listed(exchange, owned)]
    })
}

/** Ids that the owner made, and did not share, before that. */
function ownedBefore(answered: readonly Answered[], seq: number): ReadonlySet<string> {
  const earlier = answered.filter((one) => one.caller === 'owner' && one.seq < seq && isSuccess(one))
  const made = calls(earlier, 'createJob', 'uploadFile', 'replaceUploadFile', 'createStorageDevice').flatMap(
    ({ response }) => textAt(jsonIn(response.body), 'id') ?? [],
  )
  const used = earlier.flatMap((exchange) => idsInPaths.flatMap((name) => pathValue(exchange, name) ?? []))
  const shared = new Set(calls(earlier, 'shareJob').map((exchange) => pathValue(exchange, 'jobId')))
  return new Set([...made, ...used].filter((id) => !shared.has(id)))
}

function opened(exchange: Answered, owned: ReadonlySet<string>): Finding[] {
  const id = idsInPaths
    .map((name) => pathValue(exchange, name))
    .find((one) => one !== undefined && owned.has(one))
  const { status } = exchange.response
  // 403 would admit that it is there; Django REST framework's filtered querysets answer 404 (inferred).
  if (id === undefined || status === 404 || status === 429) return []
  const message = `${id} belongs to another key, and is answered with ${status}`
  return [broken(exchange, 'isolation', { expected: '404', received: String(status), message })]
}

function listed(exchange: Answered, owned: ReadonlySet<string>): Finding[] {
  const results = at(jsonIn(exchange.response.body), 'results')
  if (!isList(results)) return []
  const index = results.findIndex((item) => owned.has(textAt(item, 'id') ?? ''))
  if (index < 0) return []
  const id = textAt(results[index], 'id') ?? ''
  const message = `${id} belongs to another key, and is listed`
  return [
    broken(exchange, 'isolation', {
      pointer: `/results/${index}`,
      expected: 'not listed',
      received: id,
      message,
    }),
  ]
}
