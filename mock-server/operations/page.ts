import type { Listing } from '../domain/listing.ts'
import type { ExchangeRequest } from '../exchange/http.ts'
import { JsonText } from './operation.ts'
import { type Page, type PageQuery, type PageWindow, pageLinks, pageWindow } from './pagination.ts'
import { splitTarget } from './target.ts'

/** Django REST framework's text (inferred). */
export const INVALID_PAGE = { status: 404, body: { detail: 'Invalid page.' } } as const

/** The page's own parameters as they were sent: what is no page number is a missing page, not a bad request. */
function pageQueryOf(request: ExchangeRequest): PageQuery {
  const { query } = splitTarget(request.target)
  if (!query.includes('page')) return {}
  const parameters = new URLSearchParams(query)
  return {
    page: parameters.getAll('page').at(-1),
    page_size: parameters.getAll('page_size').at(-1),
  }
}

export const listingOf = <Item>(items: readonly Item[]): Listing<Item> => ({
  count: items.length,
  slice: (start, end) => items.slice(start, end),
})

/** The asked-for page of a list, each item as `present` shows it. */
export function pageOf<Item, Row>(
  listing: Listing<Item>,
  request: ExchangeRequest,
  present: (item: Item) => Row,
) {
  return onPage(listing, request, (window, links): { status: 200; body: Page<Row> } => ({
    status: 200,
    body: { count: listing.count, ...links, results: listing.slice(window.start, window.end).map(present) },
  }))
}

/** The same from rows whose JSON is at hand: what makes a list of jobs cheap. */
export function pageOfTexts<Item>(
  listing: Listing<Item>,
  request: ExchangeRequest,
  text: (item: Item) => string,
) {
  return onPage(listing, request, (window, { next, previous }): { status: 200; body: JsonText } => {
    const head = `{"count":${listing.count},"next":${JSON.stringify(next)},"previous":${JSON.stringify(previous)}`
    let rows = ''
    for (const item of listing.slice(window.start, window.end))
      rows += rows === '' ? text(item) : `,${text(item)}`
    return { status: 200, body: new JsonText(`${head},"results":[${rows}]}`) }
  })
}

type Links = { readonly next: string | null; readonly previous: string | null }

function onPage<Item, Found>(
  listing: Listing<Item>,
  request: ExchangeRequest,
  answer: (window: PageWindow, links: Links) => Found,
): Found | typeof INVALID_PAGE {
  const window = pageWindow(listing.count, pageQueryOf(request))
  if (!window) return INVALID_PAGE
  return answer(window, pageLinks(window, request.origin, request.target))
}
