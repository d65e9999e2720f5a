import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { ORIGIN, seen, sequence } from '../testing/seen.ts'
import { paginationFindings } from './pages.ts'

const list = `${ORIGIN}/api/v2/jobs/`
const item = (id: string) => ({ id })

interface PageWish {
  readonly query?: string
  readonly count?: number
  readonly next?: string | null
  readonly previous?: string | null
  readonly ids?: readonly string[]
}

function page({ query = '', count = 3, next = null, previous = null, ids = [] }: PageWish) {
  return seen(`GET /api/v2/jobs/${query}`, {
    body: { count, next, previous, results: ids.map(item) } as Json,
  })
}

const first = { query: '?page_size=2&search=x', next: `${list}?page=2&page_size=2&search=x`, ids: ['a', 'b'] }
const second = {
  query: '?page=2&page_size=2&search=x',
  previous: `${list}?page_size=2&search=x`,
  ids: ['c'],
}

const rules = (...pages: PageWish[]) =>
  paginationFindings(sequence(...pages.map(page))).map(({ rule }) => rule)

describe('pages of a list', () => {
  it('are right when they hold every item once, and links keep what was asked for', () => {
    expect(rules(first, second)).toEqual([])
    expect(rules({ count: 0 })).toEqual([])
  })

  it('hold together what `count` says', () => {
    expect(rules({ ...first, count: 4 }, { ...second, count: 4, ids: ['c'] })).toContain('pagination-count')
    expect(rules({ count: 3, ids: ['a', 'b'] })).toEqual(['pagination-count'])
  })

  it('hold each item once', () => {
    expect(rules(first, { ...second, ids: ['b'] })).toEqual(['pagination-duplicate'])
  })

  it('hold each row of a history once, which has no id', () => {
    const row = (status: string, minute: string) => ({ status, statusDate: `2026-01-01T00:${minute}:00Z` })
    const history = (...results: Json[]) =>
      paginationFindings([
        seen('GET /api/v2/jobs/a/statuses/', {
          body: { count: results.length, next: null, previous: null, results },
        }),
      ]).map(({ rule }) => rule)
    expect(history(row('Queued', '01'), row('Queued', '00'))).toEqual([])
    expect(history(row('Queued', '00'), row('Queued', '00'))).toEqual(['pagination-duplicate'])
  })

  it('keep filters in their links', () => {
    expect(rules({ ...first, next: `${list}?page=2&page_size=2` })).toEqual(['pagination-filter'])
  })

  it('are as long as was asked for', () => {
    expect(rules({ query: '?page_size=2', ids: ['a', 'b', 'c'] })).toEqual(['pagination-page-size'])
    expect(rules({ query: '?page_size=2', next: `${list}?page=2&page_size=2`, ids: ['a'] })).toEqual([
      'pagination-page-size',
    ])
  })

  it('lead to the same list on the same host, one page on or back', () => {
    expect(rules({ ...first, next: first.next.replace(ORIGIN, 'http://inside:8000') })).toEqual([
      'pagination-link',
    ])
    expect(rules({ ...first, next: '/api/v2/jobs/?page=2' })).toEqual(['pagination-link'])
    expect(rules({ ...first, next: first.next.replace('page=2&', 'page=3&') })).toEqual(['pagination-link'])
    expect(rules({ ...second, previous: second.previous.replace('?', '?page=2&') })).toEqual([
      'pagination-link',
    ])
  })

  it('say nothing of each other when the list changed in between', () => {
    const findings = paginationFindings(sequence(page(first), page({ ...second, count: 4, ids: ['b', 'c'] })))
    expect(findings.map(({ class: kind, severity }) => [kind, severity])).toEqual([['not-checked', 'info']])
  })

  it('are not judged together before the last one was read', () => {
    expect(rules(first)).toEqual([])
  })
})
