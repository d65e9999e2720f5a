import { type Answered, answeredOf, broken, finding, isSuccess, jsonIn } from '../checks/answered.ts'
import type { Finding } from '../finding.ts'
import { isList, isObject, type Json, textAt } from '../json.ts'
import type { SeenExchange } from '../seen-exchange.ts'

/** One page of a list, as it was asked for and answered. */
interface Page {
  readonly exchange: Answered
  readonly url: URL
  readonly count: number
  readonly next: string | null
  readonly previous: string | null
  readonly results: readonly Json[]
}

/** Pages hold what they should by themselves, and by what the pages before and after hold. */
export function paginationFindings(exchanges: readonly SeenExchange[]): Finding[] {
  const pages = answeredOf(exchanges).flatMap((exchange) => pageOf(exchange) ?? [])
  return [...pages.flatMap(alone), ...chainsOf(pages).flatMap(together)]
}

function pageOf(exchange: Answered): Page | null {
  const body = jsonIn(exchange.response.body)
  if (!isSuccess(exchange) || !isObject(body)) return null
  const { count, results, next = null, previous = null } = body
  if (typeof count !== 'number' || !isList(results)) return null
  if (typeof (next ?? '') !== 'string' || typeof (previous ?? '') !== 'string') return null
  const links = { next: next as string | null, previous: previous as string | null }
  return { exchange, url: new URL(exchange.request.url), count, results, ...links }
}

function alone(page: Page): Finding[] {
  return [...pageSize(page), ...linkOf(page, 'next', 1), ...linkOf(page, 'previous', -1)]
}

const pageNumber = (url: URL): number => Number(url.searchParams.get('page') ?? 1)

/** As many as were asked for, or as many as are left. */
function pageSize({ exchange, url, count, results, next }: Page): Finding[] {
  const asked = Number(url.searchParams.get('page_size') ?? Number.NaN)
  if (!Number.isInteger(asked) || asked < 1) return []
  const left = Math.max(0, count - (pageNumber(url) - 1) * asked)
  const wanted = Math.min(asked, left)
  // No maximum is known (api-facts §1.6), so a page that is followed by others may be shorter than a large wish.
  const isRight =
    next === null
      ? results.length === wanted
      : results.length <= asked && (asked > 100 || results.length === wanted)
  if (isRight) return []
  const message = `page_size=${asked} and a count of ${count} leave ${wanted} items for this page, which has ${results.length}`
  return [
    broken(exchange, 'pagination-page-size', {
      pointer: '/results',
      expected: String(wanted),
      received: String(results.length),
      message,
    }),
  ]
}

/** Links lead to the same list on the same host, filters kept, one page on or back. */
function linkOf(page: Page, which: 'next' | 'previous', step: 1 | -1): Finding[] {
  const { exchange, url } = page
  const text = page[which]
  if (text === null) return []
  const pointer = `/${which}`
  const received = text.slice(0, 200)
  if (!URL.canParse(text))
    return [
      broken(exchange, 'pagination-link', {
        pointer,
        expected: 'an absolute URL',
        received,
        message: `\`${which}\` is no absolute URL`,
      }),
    ]
  const link = new URL(text)
  const wrong: Finding[] = []
  if (link.origin + link.pathname !== url.origin + url.pathname) {
    const message = `\`${which}\` leads to another list or host`
    wrong.push(
      broken(exchange, 'pagination-link', {
        pointer,
        expected: url.origin + url.pathname,
        received,
        message,
      }),
    )
  }
  if (pageNumber(link) !== pageNumber(url) + step) {
    const message = `\`${which}\` does not lead one page ${step === 1 ? 'on' : 'back'}`
    wrong.push(
      broken(exchange, 'pagination-link', {
        pointer,
        expected: `page=${pageNumber(url) + step}`,
        received,
        message,
      }),
    )
  }
  return [...wrong, ...lostFilters(exchange, url, link, pointer)]
}

function lostFilters(exchange: Answered, url: URL, link: URL, pointer: string): Finding[] {
  const kept = (of: URL) => JSON.stringify([...of.searchParams].filter(([name]) => name !== 'page').sort())
  if (kept(url) === kept(link)) return []
  const message = `\`${pointer.slice(1)}\` does not keep what was asked for`
  return [
    broken(exchange, 'pagination-filter', { pointer, expected: url.search, received: link.search, message }),
  ]
}

/** Pages that were read one after the other by `next`, from the first to the last. */
function chainsOf(pages: readonly Page[]): Page[][] {
  const chains: Page[][] = []
  for (const page of pages) {
    const before = chains.findLast(
      (chain) => chain.at(-1)?.next === page.exchange.request.url && sameCaller(chain, page),
    )
    if (before) before.push(page)
    else if (pageNumber(page.url) === 1) chains.push([page])
  }
  return chains.filter((chain) => chain.at(-1)?.next === null)
}

const sameCaller = ([first]: readonly Page[], page: Page): boolean =>
  first?.exchange.caller === page.exchange.caller

/** All pages together are what `count` says, each item once. */
function together(chain: readonly Page[]): Finding[] {
  const last = chain.at(-1)
  if (last === undefined) return []
  if (new Set(chain.map(({ count }) => count)).size > 1) return [changedMeanwhile(last)]
  const items = chain.flatMap(({ results }) => results)
  return [...wrongCount(last, items.length), ...duplicates(last, items)]
}

/** Others use the platform, too: what came or went between two pages shifts all that follows. */
function changedMeanwhile({ exchange }: Page): Finding {
  const message = 'the list changed while its pages were read, so that they say nothing of each other'
  return finding(exchange, {
    class: 'not-checked',
    expected: 'one count',
    received: 'several',
    message,
    severity: 'info',
  })
}

function wrongCount({ exchange, count }: Page, items: number): Finding[] {
  if (count === items) return []
  const message = `\`count\` is ${count}, and all pages together have ${items} items`
  return [
    broken(exchange, 'pagination-count', {
      pointer: '/count',
      expected: String(count),
      received: String(items),
      message,
    }),
  ]
}

function duplicates({ exchange }: Page, items: readonly Json[]): Finding[] {
  // Rows of histories have no id: two that are the same in all they say are one.
  const ids = items.map((item) => textAt(item, 'id') ?? textAt(item, 'code') ?? JSON.stringify(item))
  const twice = ids.find((id, index) => ids.indexOf(id) < index)
  if (twice === undefined) return []
  const message = `${twice} is listed twice`
  return [
    broken(exchange, 'pagination-duplicate', {
      pointer: '/results',
      expected: 'each item once',
      received: twice,
      message,
    }),
  ]
}
