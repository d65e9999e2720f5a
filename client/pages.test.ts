import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NotFoundError } from './errors.ts'
import { PagedList } from './pages.ts'
import { aClient, failureOf } from './test-support/client.ts'

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
  for await (const item of list) if (item.id === 'j87') break
  expect(fetched).toEqual([1, 1, 1, 2])
})

it('fetches the next page while the second half of one is gone through, and gives it up on break', async () => {
  const { list, fetched } = aList(100, 10)
  const asked: number[] = []
  for await (const item of list) {
    if (item.id === 'j96' || item.id === 'j95' || item.id === 'j90') asked.push(fetched.length)
    if (item.id === 'j90') break
  }
  expect(asked).toEqual([1, 2, 2])
  const signals: (AbortSignal | undefined)[] = []
  const slow = new PagedList<Item>({
    first: '1',
    resolve: (next) => next,
    fetch: async (url, signal) => {
      signals.push(signal)
      if (url === '2') await new Promise((_, reject) => signal?.addEventListener('abort', reject))
      return { count: 2, next: '2', results: [{ id: url }] }
    },
  })
  for await (const _ of slow) break
  expect(signals.map((signal) => signal?.aborted)).toEqual([undefined, true])
})

/** A list that shrinks: before each fetch, so many of its first items are deleted. */
function aShrinkingList(all: Item[], size: number, deletions: readonly number[]) {
  let fetches = 0
  return new PagedList<Item>({
    first: '1',
    resolve: (next) => next,
    async fetch(url) {
      const page = Number(url)
      all.splice(0, fetches === 0 ? 0 : (deletions[fetches - 1] ?? 0))
      fetches++
      const results = all.slice((page - 1) * size, page * size)
      if (page > 1 && results.length === 0) throw new NotFoundError('no', { ...NO_FIELDS, status: 404 })
      return { count: all.length, results, next: page * size < all.length ? String(page + 1) : null }
    },
  })
}

const NO_FIELDS = { fieldErrors: {}, body: '', headers: {} }

it('leaves out no item that was there all the time, when others are deleted under way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(50),
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.nat(4), { maxLength: 6 }),
      async (count, size, deletions) => {
        const all = Array.from({ length: count }, (_, index) => ({ id: `j${count - index}` }))
        const ids = (await aShrinkingList(all, size, deletions).toArray()).map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { id } of all) expect(ids).toContain(id)
      },
    ),
    // Deletions while the pages before are read again: found by chance.
    { numRuns: 500, examples: [[11, 3, [0, 0, 1, 3, 3]]] },
  )
})

it('leaves out no item that was there all the time, when others come and go under way', async () => {
  const changes = fc.array(
    fc.constantFrom('none', 'create', 'create', 'delete first', 'delete second', 'delete last'),
    {
      maxLength: 14,
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.nat(40), fc.integer({ min: 1, max: 6 }), changes, async (count, size, script) => {
      const all: Item[] = Array.from({ length: count }, (_, index) => ({ id: `j${count - index}` }))
      const lasting = new Set(all.map(({ id }) => id))
      const next = script.values()
      const change = (made: number) => {
        const what = next.next().value
        if (what === 'create') all.unshift({ id: `new${made}` })
        const places: Record<string, number> = {
          'delete first': 0,
          'delete second': 1,
          'delete last': all.length - 1,
        }
        const at = places[what ?? 'none']
        for (const { id } of at === undefined ? [] : all.splice(at, 1)) lasting.delete(id)
      }
      let fetches = 0
      const list = new PagedList<Item>({
        first: '1',
        resolve: (link) => link,
        async fetch(url) {
          const page = Number(url)
          if (fetches > 0) change(fetches)
          fetches++
          const results = all.slice((page - 1) * size, page * size)
          if (page > 1 && results.length === 0) throw new NotFoundError('no', { ...NO_FIELDS, status: 404 })
          return { count: all.length, results, next: page * size < all.length ? String(page + 1) : null }
        },
      })
      const ids = (await list.toArray()).map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect([...lasting].filter((id) => !ids.includes(id))).toEqual([])
    }),
    { numRuns: 1_000 },
  )
})

it('gives every item to a loop that deletes what it gets', async () => {
  const all = Array.from({ length: 35 }, (_, index) => ({ id: `j${index}` }))
  const got: string[] = []
  for await (const { id } of aShrinkingList(all, 5, [])) {
    got.push(id)
    all.splice(
      all.findIndex((item) => item.id === id),
      1,
    )
  }
  expect(got.sort()).toEqual(Array.from({ length: 35 }, (_, index) => `j${index}`).sort())
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

it('rejects where it is read for an id that can be none, and throws nowhere else', async () => {
  const { jobs } = aClient('http://127.0.0.1:1')
  for (const id of ['', '.', '..']) {
    const list = jobs.statuses(id)
    for (const read of [
      () => list.toArray(),
      () => list.first(),
      () => list.count(),
      () => list.pages().next(),
    ])
      expect((await failureOf(read())).message).toBe(`${JSON.stringify(id)} is no jobId`)
  }
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
