import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PagedList } from './pages.ts'

interface Item {
  readonly id: string
}

/** A list of `count` items on pages of `size`, which counts the pages that were asked for. */
function aList(count: number, size: number, insertBefore: (page: number) => number = () => 0) {
  const fetched: number[] = []
  let shift = 0
  const list = new PagedList<Item>({
    first: '1',
    resolve: (next) => next,
    async fetch(url) {
      const page = Number(url)
      fetched.push(page)
      shift += insertBefore(page)
      const all = Array.from({ length: count + shift }, (_, index) => ({ id: `j${count + shift - index}` }))
      const results = all.slice((page - 1) * size, page * size)
      return { count: all.length, results, next: page * size < all.length ? String(page + 1) : null }
    },
  })
  return { list, fetched }
}

it('gives every item once, and asks for every page once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 12 }), async (count, size) => {
      const { list, fetched } = aList(count, size)
      const items = await list.toArray()
      expect(items.map(({ id }) => id)).toEqual(
        Array.from({ length: count }, (_, index) => `j${count - index}`),
      )
      expect(fetched).toHaveLength(Math.max(1, Math.ceil(count / size)))
    }),
  )
})

it('gives no item twice when the list grows while it is paged', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 20 }), async (grows) => {
      const { list } = aList(30, 5, (page) => grows[page - 1] ?? 0)
      const ids = (await list.toArray()).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (let number = 1; number <= 30; number++) expect(ids).toContain(`j${number}`)
    }),
  )
})

it('asks for no page beyond what is wanted', async () => {
  const { list, fetched } = aList(100, 10)
  expect(await list.toArray({ maxItems: 10 })).toHaveLength(10)
  expect(await list.first()).toEqual({ id: 'j100' })
  expect(await list.toArray({ maxItems: 0 })).toEqual([])
  expect(fetched).toEqual([1, 1])
  for await (const item of list) if (item.id === 'j85') break
  expect(fetched).toEqual([1, 1, 1, 2])
})

it('tells the count of all items, and pages as they are', async () => {
  const { list } = aList(23, 10)
  expect(await list.count()).toBe(23)
  const pages = []
  for await (const page of list.pages()) pages.push([page.count, page.results.length])
  expect(pages).toEqual([
    [23, 10],
    [23, 10],
    [23, 3],
  ])
})

it('keeps items without an id, equal or not', async () => {
  const results = [{ status: 'Queued' }, { status: 'Queued' }]
  const list = new PagedList({
    first: 'a',
    resolve: (next) => next,
    fetch: async () => ({ count: 2, next: null, results }),
  })
  expect(await list.toArray()).toEqual(results)
})

it('ends where the links go round in circles, and where they never end', async () => {
  const circling = (next: (url: string) => string, maxPages?: number) =>
    new PagedList({
      first: '0',
      maxPages,
      resolve: (link) => link,
      fetch: async (url) => ({ count: 1, next: next(url), results: [] }),
    })
  await expect(circling((url) => (url === '0' ? '1' : '0')).toArray()).rejects.toThrow('in circles')
  const endless = circling((url) => String(Number(url) + 1), 50)
  await expect(endless.toArray()).rejects.toThrow('more than 50 pages')
})
