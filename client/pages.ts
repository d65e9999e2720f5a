import { NotFoundError } from './errors.ts'
import { type Page, type PageSource, PageWalk } from './page-walk.ts'
import { SeenItems } from './seen-items.ts'

// A list that changes that often while it is read again is not to be read to a moment's state.
const MOST_ROUNDS = 10

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
        const isEnd = page === 'gone' || page.next === null
        const isRead = hasShrunk && seen.haveIds
        const since = isRead ? yield* this.#slipped(walk.visited, isEnd, count, seen) : 0
        if (page === 'gone') continue
        count = Math.max(page.count, since)
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
  // deleted, and more while the pages are read again. Others that come meanwhile push some of them back: so pages are
  // read backwards as far as they can have slipped, and forwards from there. Nothing is missed on the way forwards unless
  // more is deleted, which the count shows.
  async *#slipped(
    visited: readonly string[],
    isEnd: boolean,
    countBefore: number,
    seen: SeenItems<T>,
  ): AsyncGenerator<T, number, undefined> {
    const last = visited.length - 2
    let count = countBefore
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const back = yield* this.#backwards(visited, last, count, seen)
      const forth = yield* this.#forwards(visited.slice(back.at + 1), isEnd, back.page, seen)
      count = Math.max(count, forth.count)
      if (!forth.hasSlipped) return forth.count
    }
    return count
  }

  /** Gives the page that it went back to, and where that is. */
  async *#backwards(
    visited: readonly string[],
    last: number,
    countBefore: number,
    seen: SeenItems<T>,
  ): AsyncGenerator<T, { at: number; page: Page<T> | undefined }, undefined> {
    let readAgain = 0
    let page: Page<T> | undefined
    for (let at = last; at >= 0; at--) {
      page = await this.#again(visited[at])
      if (!page) continue
      readAgain += page.results.length
      const slipped = page.results.filter((item) => seen.isNew(item))
      yield* slipped
      if (slipped.length === 0 && readAgain >= countBefore - page.count) return { at, page }
    }
    return { at: 0, page }
  }

  /** Whether more has slipped meanwhile, and how many there were at last. Where nobody reads on behind `urls`, it does, should there be more again. */
  async *#forwards(
    urls: readonly string[],
    isEnd: boolean,
    from: Page<T> | undefined,
    seen: SeenItems<T>,
  ): AsyncGenerator<T, { hasSlipped: boolean; count: number }, undefined> {
    const asked = new Set(urls)
    let before = from
    let hasSlipped = false
    for (const url of asked) {
      const page = await this.#again(url)
      if (!page)
        return { hasSlipped: hasSlipped || (before?.next ?? null) !== null, count: before?.count ?? 0 }
      hasSlipped ||= page.count < (before?.count ?? 0)
      before = page
      if (isEnd && page.next !== null) asked.add(this.#source.resolve(page.next))
      yield* page.results.filter((item) => seen.isNew(item))
    }
    return { hasSlipped, count: before?.count ?? 0 }
  }

  async #again(url: string | undefined): Promise<Page<T> | undefined> {
    const page = url === undefined ? 'gone' : await this.#source.fetch(url).catch(ifGone)
    return page === 'gone' ? undefined : page
  }
}

// Django REST framework answers 404 for a page behind the last one.
async function nextOf<T>(walk: PageWalk<T>): Promise<Page<T> | 'gone' | undefined> {
  const isFirst = walk.visited.length === 0
  const page = walk.next()
  return isFirst ? page : page.catch(ifGone)
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
