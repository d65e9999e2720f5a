import type { OperationId } from '../../../openapi/generated/routes.ts'
import { type Answered, answeredOf, broken, calls, isSuccess, jsonIn, pathValue } from '../checks/answered.ts'
import type { Finding } from '../finding.ts'
import { at, isList, textAt } from '../json.ts'
import { routeOf } from '../operation-of.ts'
import type { SeenExchange } from '../seen-exchange.ts'

interface Deletion {
  readonly operationId: OperationId
  readonly id: string
  /** Where it is listed, unless it is deleted. */
  readonly lists: readonly OperationId[]
}

const deletions: readonly Deletion[] = [
  { operationId: 'deleteJob', id: 'jobId', lists: ['listJobs'] },
  { operationId: 'deleteFile', id: 'fileId', lists: ['listFiles'] },
]

/** What was deleted is answered with 404, and listed no more. */
export function deletedFindings(exchanges: readonly SeenExchange[]): Finding[] {
  const answered = answeredOf(exchanges)
  return deletions.flatMap((deletion) =>
    calls(answered, deletion.operationId)
      .filter(isSuccess)
      .flatMap((gone) => {
        const id = pathValue(gone, deletion.id)
        const later = answered.filter(({ seq }) => seq > gone.seq)
        return id === undefined
          ? []
          : [...stillThere(later, deletion, id), ...stillListed(later, deletion, id)]
      }),
  )
}

function stillThere(later: readonly Answered[], deletion: Deletion, id: string): Finding[] {
  return later
    .filter((exchange) => pathValue(exchange, deletion.id) === id && isSuccess(exchange))
    .map((exchange) => {
      const { status } = exchange.response
      const message = `${id} was deleted, and is answered with ${status}`
      return broken(exchange, 'deleted-is-gone', { expected: '404', received: String(status), message })
    })
}

function stillListed(later: readonly Answered[], { lists }: Deletion, id: string): Finding[] {
  return calls(later, ...lists).flatMap((exchange) => {
    const results = at(jsonIn(exchange.response.body), 'results')
    const index = isList(results) ? results.findIndex((item) => textAt(item, 'id') === id) : -1
    if (index < 0) return []
    const message = `${id} was deleted, and ${routeOf(exchange.operationId ?? 'listJobs').path} lists it`
    return [
      broken(exchange, 'deleted-is-gone', {
        pointer: `/results/${index}`,
        expected: 'not listed',
        received: id,
        message,
      }),
    ]
  })
}
