import { NotFoundError } from './errors.ts'
import { type Page, type PageSource, PageWalk } from './page-walk.ts'
import { SeenItems } from './seen-items.ts'

export type { Page, PageSource }

/**
 * A list of the API, page by page: `for await (const job of client.jobs.list())`. Nothing is requested before
 * it is iterated, each iteration requests anew, and `break` ends the requests. While the second half of a page
 * is gone through, the next one is fetched already. Items come once, and none is left out, when the list grows
 * or shrinks under way.
 */
export class PagedList<T> implements AsyncIterable<T> {
  readonly #source: PageSource<T>

  constructor(source: PageSource<T>) {
    this.#source = source
  }

  [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    return this.#items(Number.POSITIVE_INFINITY)
  }

  /** The pages themselves, as answered; the next is fetched while one is gone through. */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    const walk = new PageWalk(this.#source)
    try {
      for (let page = await walk.next(); page; page = await walk.next()) {
        walk.prefetch()
        yield page
      }
    } finally {
      walk.stop()
    }
  }

  /** All items, or the first `maxItems`; no page beyond them is requested. */
  async toArray(options: { maxItems?: number } = {}): Promise<T[]> {
    const { maxItems = Number.POSITIVE_INFINITY } = options
    const items: T[] = []
    if (maxItems <= 0) return items
    for await (const item of this.#items(maxItems)) {
      items.push(item)
      if (items.length >= maxItems) break
    }
    return items
  }

  /** The first item, or undefined when the list is empty. */
  async first(): Promise<T | undefined> {
    return (await this.#onePage()).results[0]
  }

  /** How many items match in all: one request, for the first page. */
  async count(): Promise<number> {
    return (await this.#onePage()).count
  }

  #onePage(): Promise<Page<T>> {
    const { first, firstItem = first } = this.#source
    return this.#source.fetch(firstItem)
  }

  async *#items(wanted: number): AsyncGenerator<T, void, undefined> {
    const walk = new PageWalk(this.#source)
    const seen = new SeenItems<T>()
    let count = 0
    let given = 0
    try {
      for (let page = await nextOf(walk); page; page = page === 'gone' ? undefined : await nextOf(walk)) {
        const hasShrunk = page === 'gone' || page.count < count
        if (hasShrunk && seen.haveIds) yield* this.#slipped(walk.visited, page, count, seen)
        if (page === 'gone') continue
        count = page.count
        for (const [index, item] of page.results.entries()) {
          const rest = page.results.length - index
          if (rest <= Math.ceil(page.results.length / 2) && given + rest < wanted) walk.prefetch()
          given++
          if (seen.isNew(item)) yield item
        }
      }
    } finally {
      walk.stop()
    }
  }

  // When items are deleted, those behind them slip forward, onto pages that were read already: as many as were
  // deleted, and more while the pages are read again.
  async *#slipped(
    visited: readonly string[],
    page: Page<T> | 'gone',
    countBefore: number,
    seen: SeenItems<T>,
  ): AsyncGenerator<T, void, undefined> {
    const before = page === 'gone' ? visited : visited.slice(0, -1)
    let readAgain = 0
    for (const url of before.toReversed()) {
      const again = await this.#source.fetch(url).catch(ifGone)
      if (again === 'gone') continue
      readAgain += again.results.length
      const slipped = again.results.filter((item) => seen.isNew(item))
      yield* slipped
      if (slipped.length === 0 && readAgain >= countBefore - again.count) return
    }
  }
}

// Django REST framework answers 404 for a page behind the last one.
async function nextOf<T>(walk: PageWalk<T>): Promise<Page<T> | 'gone' | undefined> {
  const page = walk.next()
  return walk.visited.length === 0 ? page : page.catch(ifGone)
}

function ifGone(error: unknown): 'gone' {
  if (error instanceof NotFoundError) return 'gone'
  throw error
}

/** Whether a body has the shape of a page. */
export function isPage(body: unknown): body is Page<unknown> {
  if (typeof body !== 'object' || body === null) return false
  const { results, next } = body as { results?: unknown; next?: unknown }
  return Array.isArray(results) && (next === null || next === undefined || typeof next === 'string')
}
