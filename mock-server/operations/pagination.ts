import type { ExchangeRequest } from '../exchange/http.ts'
import { type PageContent, PageTexts } from './page-texts.ts'
import { splitTarget } from './target.ts'

/** v2 lists of jobs and files come ten at a time (D16: 10 of 365; JH24 and JW22 rely on it). Others: inferred. */
export const DEFAULT_PAGE_SIZE = 10
/** Clients ask for as many as 9,999 and carry on (KT19); no clamp is known. Beyond this we clamp, as Django REST framework does. */
export const MAX_PAGE_SIZE = 10_000

export interface PageQuery {
  /** As sent: Django REST framework's paginator, not a serializer, judges it. */
  readonly page?: string | undefined
  readonly page_size?: string | undefined
}

/** Where a page lies in its list. `end` is exclusive. */
export interface PageWindow {
  readonly page: number
  readonly pages: number
  readonly start: number
  readonly end: number
}

export interface Page<Item> {
  readonly count: number
  readonly next: string | null
  readonly previous: string | null
  readonly results: Item[]
}

/** Undefined when there is no such page; the platform then says 404 "Invalid page." (inferred). */
export function pageWindow(count: number, query: PageQuery): PageWindow | undefined {
  const size = pageSize(query.page_size)
  const pages = Math.max(1, Math.ceil(count / size))
  const page = pageNumber(query.page, pages)
  if (page === undefined || page < 1 || page > pages) return undefined
  return { page, pages, start: (page - 1) * size, end: Math.min(count, page * size) }
}

function pageSize(text: string | undefined): number {
  const size = wholeNumber(text)
  return size === undefined || size < 1 ? DEFAULT_PAGE_SIZE : Math.min(size, MAX_PAGE_SIZE)
}

function pageNumber(text: string | undefined, pages: number): number | undefined {
  if (text === undefined) return 1
  return text === 'last' ? pages : wholeNumber(text)
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[+-]?\d{1,15}\s*$/.test(text) ? Number(text) : undefined
}

/** Absolute links to the neighbours, with every other query parameter kept (NB 12 needs it), sorted as Django REST framework does. */
export interface PageLinks {
  readonly next: string | null
  readonly previous: string | null
}

export function pageLinks(window: PageWindow, origin: string, target: string): PageLinks {
  if (window.pages === 1) return { next: null, previous: null }
  const { path, query } = splitTarget(target)
  const link = (page: number) => linkTo(origin + path, new URLSearchParams(query), page)
  return {
    next: window.page < window.pages ? link(window.page + 1) : null,
    previous: window.page > 1 ? link(window.page - 1) : null,
  }
}

// Page 1 is linked without `page`, as Django REST framework does.
function linkTo(address: string, query: URLSearchParams, page: number): string {
  if (page === 1) query.delete('page')
  else query.set('page', String(page))
  query.sort()
  const text = query.toString()
  return text ? `${address}?${text}` : address
}

/** What a request line asks of a list, read once; and the links and the text that it last led to. */
export class PageMemo {
  readonly query: PageQuery
  readonly #texts: PageTexts
  #origin = ''
  #page = 0
  #pages = 0
  #links: PageLinks = { next: null, previous: null }

  constructor(query: PageQuery, texts = new PageTexts()) {
    this.query = query
    this.#texts = texts
  }

  /** The same list at another page. */
  at(page: number): PageMemo {
    return new PageMemo({ ...this.query, page: `${page}` })
  }

  links(window: PageWindow, origin: string, target: string): PageLinks {
    const { page, pages } = window
    if (origin !== this.#origin || page !== this.#page || pages !== this.#pages) {
      this.#links = pageLinks(window, origin, target)
      this.#origin = origin
      this.#page = page
      this.#pages = pages
    }
    return this.#links
  }

  textOf(content: PageContent): string {
    return this.#texts.textOf(this, content)
  }
}

/** What a list needs of a call: which page, and where its neighbours are. */
export interface PagedCall {
  readonly request: ExchangeRequest
  readonly pages: PageMemo
}
