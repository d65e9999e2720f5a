import type { Listing } from '../domain/listing.ts'
import { JsonText } from './operation.ts'
import { type Page, type PagedCall, type PageLinks, type PageWindow, pageWindow } from './pagination.ts'

/** Django REST framework's text (inferred). */
export const INVALID_PAGE = { status: 404, body: { detail: 'Invalid page.' } } as const

export const listingOf = <Item>(items: readonly Item[]): Listing<Item> => ({
  count: items.length,
  slice: (start, end) => items.slice(start, end),
})

/** The asked-for page of a list, each item as `present` shows it. */
export function pageOf<Item, Row>(listing: Listing<Item>, call: PagedCall, present: (item: Item) => Row) {
  return onPage(listing, call, (window, links): { status: 200; body: Page<Row> } => ({
    status: 200,
    body: { count: listing.count, ...links, results: listing.slice(window.start, window.end).map(present) },
  }))
}

/** The same from rows whose JSON is at hand: what makes a list of jobs cheap. */
export function pageOfTexts<Item>(listing: Listing<Item>, call: PagedCall, text: (item: Item) => string) {
  return onPage(listing, call, (window, links): { status: 200; body: JsonText } => {
    const rows = listing.slice(window.start, window.end).map(text)
    return { status: 200, body: new JsonText(call.pages.textOf({ count: listing.count, links, rows })) }
  })
}

function onPage<Item, Found>(
  listing: Listing<Item>,
  call: PagedCall,
  answer: (window: PageWindow, links: PageLinks) => Found,
): Found | typeof INVALID_PAGE {
  const { request, pages } = call
  const window = pageWindow(listing.count, pages.query)
  if (!window) return INVALID_PAGE
  return answer(window, pages.links(window, request.origin, request.target))
}
