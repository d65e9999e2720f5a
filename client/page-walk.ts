import { UnexpectedAnswerError } from './errors.ts'
import type { RequestContext } from './requests/attempt.ts'

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
  /** The same with one item on it, where that can be asked for: for whoever wants no more, or only the count. */
  readonly firstItem?: string | undefined
  fetch(url: string, signal?: AbortSignal): Promise<Page<T>>
  /** The URL to fetch for a page's `next` link; throws when it leads elsewhere. */
  resolve(next: string): string
  readonly maxPages?: number | undefined
  /** The request that was sent last. */
  lastRequest?(): RequestContext | undefined
}

// No list of this API is near it; a `next` that never ends is.
const MAX_PAGES = 10_000

/** A way through the pages of a list, one page ahead where that is asked for. */
export class PageWalk<T> {
  readonly #source: PageSource<T>
  readonly #visited = new Set<string>()
  readonly #stopped = new AbortController()
  #next: string | undefined
  #ahead: Promise<Page<T>> | undefined

  constructor(source: PageSource<T>) {
    this.#source = source
    this.#next = source.first
  }

  /** URLs of the pages so far, oldest first; the last one may be gone. */
  get visited(): readonly string[] {
    return [...this.#visited]
  }

  /** The next page; undefined after the last. */
  async next(): Promise<Page<T> | undefined> {
    const url = this.#next
    if (url === undefined) return undefined
    this.#check(url)
    this.#visited.add(url)
    const page = await (this.#ahead ?? this.#source.fetch(url))
    this.#ahead = undefined
    this.#next = page.next === null ? undefined : this.#source.resolve(page.next)
    return page
  }

  /** Starts to fetch the next page, if there is one. */
  prefetch(): void {
    const url = this.#next
    if (url === undefined || this.#ahead || this.#isTooFar(url)) return
    this.#ahead = this.#source.fetch(url, this.#stopped.signal)
    // Whoever asks for the page hears of it.
    this.#ahead.catch(() => {})
  }

  /** Nobody asks any more. */
  stop(): void {
    this.#stopped.abort('The list is not read any further')
  }

  #check(url: string): void {
    if (!this.#isTooFar(url)) return
    const isCircle = this.#visited.has(url)
    const what = isCircle
      ? `The pages go round in circles at ${url}`
      : `The list has more than ${this.#limit} pages`
    throw new UnexpectedAnswerError(what, { request: this.#source.lastRequest?.() })
  }

  #isTooFar(url: string): boolean {
    return this.#visited.has(url) || this.#visited.size >= this.#limit
  }

  get #limit(): number {
    return this.#source.maxPages ?? MAX_PAGES
  }
}
