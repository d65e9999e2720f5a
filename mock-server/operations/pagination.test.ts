import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, pageLinks, pageWindow } from './pagination.ts'

const target = '/api/v2/jobs/?state=completed&page=2&page_size=3'
const origin = 'http://127.0.0.1:8080'

it('links to both neighbours and keeps the filters', () => {
  const window = pageWindow(9, { page: '2', page_size: '3' })
  expect(window).toMatchObject({ page: 2, pages: 3, start: 3, end: 6 })
  expect(window && pageLinks(window, origin, target)).toEqual({
    next: 'http://127.0.0.1:8080/api/v2/jobs/?page=3&page_size=3&state=completed',
    previous: 'http://127.0.0.1:8080/api/v2/jobs/?page_size=3&state=completed',
  })
})

it('has one empty page for an empty list', () => {
  expect(pageWindow(0, {})).toEqual({ page: 1, pages: 1, start: 0, end: 0 })
})

it.each(['0', '-1', '4', 'abc', '', '1.5', '9'.repeat(30)])('knows no page %j of three', (page) => {
  expect(pageWindow(9, { page, page_size: '3' })).toBeUndefined()
})

it('ignores a page size that is no positive number and clamps a huge one', () => {
  expect(pageWindow(100_000, { page_size: '0' })?.end).toBe(DEFAULT_PAGE_SIZE)
  expect(pageWindow(100_000, { page_size: 'x' })?.end).toBe(DEFAULT_PAGE_SIZE)
  expect(pageWindow(100_000, { page_size: '99999' })?.end).toBe(MAX_PAGE_SIZE)
})

it('takes "last" for the last page', () => {
  expect(pageWindow(25, { page: 'last' })).toMatchObject({ page: 3, start: 20, end: 25 })
})

it('covers the whole list exactly once, whatever its length and the page size', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.integer({ min: 1, max: 60 }), (count, size) => {
      const seen: number[] = []
      for (let page = 1; ; page++) {
        const window = pageWindow(count, { page: String(page), page_size: String(size) })
        if (!window) throw new Error('a linked page must exist')
        for (let index = window.start; index < window.end; index++) seen.push(index)
        const { next, previous } = pageLinks(window, origin, `/api/v2/jobs/?page_size=${size}&page=${page}`)
        expect(previous === null).toBe(page === 1)
        if (next === null) break
        expect(new URL(next).searchParams.get('page')).toBe(String(page + 1))
      }
      expect(seen).toEqual([...Array(count).keys()])
    }),
  )
})
