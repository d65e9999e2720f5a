import { UnexpectedAnswerError } from './errors.ts'

/** One page of a list, as the API answers it. */
export interface Page<T> {
  /** How many items match in all, not on this page. */
  readonly count: number
  readonly next: string | null
  readonly previous?: string | null
  readonly results: readonly T[]
}

/** How a list gets at its pages. */
export interface PageSource<T> {
  /** URL of the first page. */
  readonly first: string
  fetch(url: string): Promise<Page<T>>
  /** The URL to fetch for a page's `next` link; throws when it leads elsewhere. */
  resolve(next: string): string
  readonly maxPages?: number | undefined
}

// No list of this API is near it; a `next` that never ends is.
const MAX_PAGES = 10_000
// Items come twice when the list grows while it is paged, always within a page or two of each other.
const REMEMBERED_IDS = 10_000

/**
 * A list of the API, page by page: `for await (const job of client.jobs.list())`. Nothing is requested before
 * it is iterated, each iteration requests anew, and `break` ends the requests.
 */
export class PagedList<T> implements AsyncIterable<T> {
  readonly #source: PageSource<T>

  constructor(source: PageSource<T>) {
    this.#source = source
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const seen = new Set<unknown>()
    for await (const page of this.pages()) {
      for (const item of page.results) {
        if (isNew(item, seen)) yield item
      }
    }
  }

  /** The pages themselves, as answered. */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    const limit = this.#source.maxPages ?? MAX_PAGES
    const visited = new Set<string>()
    let url: string | undefined = this.#source.first
    while (url !== undefined) {
      if (visited.has(url)) throw new UnexpectedAnswerError(`The pages go round in circles at ${url}`)
      if (visited.size >= limit) throw new UnexpectedAnswerError(`The list has more than ${limit} pages`)
      visited.add(url)
      const page: Page<T> = await this.#source.fetch(url)
      yield page
      url = page.next === null ? undefined : this.#source.resolve(page.next)
    }
  }

  /** All items, or the first `maxItems`; no page beyond them is requested. */
  async toArray(options: { maxItems?: number } = {}): Promise<T[]> {
    const { maxItems = Number.POSITIVE_INFINITY } = options
    const items: T[] = []
    if (maxItems <= 0) return items
    for await (const item of this) {
      items.push(item)
      if (items.length >= maxItems) break
    }
    return items
  }

  /** The first item, or undefined when the list is empty. */
  async first(): Promise<T | undefined> {
    const [item] = await this.toArray({ maxItems: 1 })
    return item
  }

  /** How many items match in all: one request, for the first page. */
  async count(): Promise<number> {
    return (await this.#source.fetch(this.#source.first)).count
  }
}

function isNew(item: unknown, seen: Set<unknown>): boolean {
  const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined
  if (typeof id !== 'string' && typeof id !== 'number') return true
  if (seen.has(id)) return false
  seen.add(id)
  if (seen.size > REMEMBERED_IDS) seen.delete(seen.values().next().value)
  return true
}

/** Whether a body has the shape of a page. */
export function isPage(body: unknown): body is Page<unknown> {
  if (typeof body !== 'object' || body === null) return false
  const { results, next } = body as { results?: unknown; next?: unknown }
  return Array.isArray(results) && (next === null || next === undefined || typeof next === 'string')
}
