import { type OperationId, routes } from '../../../openapi/generated/routes.ts'
import { isList, type Json } from '../json.ts'
import type { Deviation, Spoiler } from './deviation.ts'
import { of, page } from './related.ts'

const pagedLists: readonly OperationId[] = routes
  .filter(({ parameters }) => parameters.some(({ name }) => name === 'page'))
  .map(({ operationId }) => operationId)

/** What can go wrong with the pages of every list. */
export const pageDeviations: readonly Deviation[] = pagedLists.flatMap(ofPages)

function ofPages(operationId: OperationId): Deviation[] {
  const group = operationId.replace(/^list/, 'pages of ')
  const all = [
    of('pagination-count', group, 'counts one more than there are', () =>
      page(operationId, (body) => ({ ...body, count: Number(body.count) + 1 })),
    ),
    of('pagination-duplicate', group, 'lists an item on two pages', () => duplicated(operationId)),
    of('pagination-filter', group, 'loses what was asked for on the next page', () => forgetful(operationId)),
    of('pagination-link', group, 'leads to another host', () =>
      page(operationId, (body) =>
        typeof body.next === 'string' ? { ...body, next: withoutHost(body.next) } : null,
      ),
    ),
    of('pagination-page-size', group, 'gives more than was asked for', () => generous(operationId)),
  ]
  return all.map((deviation) => ({ ...deviation, operationId }))
}

/** As a platform behind a proxy that it does not know of would write it. */
const withoutHost = (link: string): string => link.replace(/^https?:\/\/[^/]+/, 'http://internal.test')

function duplicated(operationId: OperationId): Spoiler {
  let last: Json | undefined
  return page(operationId, (body, { url }) => {
    const { results } = body
    if (!isList(results) || results.length === 0) return null
    const before = last
    last = results.at(-1)
    const isFirst = !/[?&]page=(?!1(&|$))/.test(url)
    return isFirst || before === undefined ? null : { ...body, results: [before, ...results.slice(1)] }
  })
}

const forgetful = (operationId: OperationId): Spoiler =>
  page(operationId, (body) => {
    const next = typeof body.next === 'string' ? new URL(body.next) : null
    const asked = [...(next?.searchParams.keys() ?? [])].filter((name) => name !== 'page')
    // A list without filters has at least a size to forget.
    const lost = asked.find((name) => name !== 'page_size') ?? asked[0]
    if (!next || lost === undefined) return null
    next.searchParams.delete(lost)
    return { ...body, next: next.href }
  })

const generous = (operationId: OperationId): Spoiler =>
  page(operationId, (body, { url }) => {
    const { results } = body
    const asked = Number(new URL(url).searchParams.get('page_size'))
    if (!asked || !isList(results) || results.length !== asked || results[0] === undefined) return null
    return { ...body, results: [...results, results[0]] }
  })
