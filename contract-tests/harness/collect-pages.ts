import { ExpectationError, expectEqual, type Speaker } from './scenario-context.ts'

export interface FirstPage<Item> {
  readonly results: readonly Item[]
  readonly next: string | null
}

/** No list of this suite has so many pages; one that leads around in a circle does. */
const MOST_PAGES = 500

/** All items of a list, by way of `next`, as the tutorial reads them (NB 12). */
export async function collectPages<Item>(t: Speaker, first: FirstPage<Item>): Promise<Item[]> {
  const items = [...first.results]
  let { next } = first
  for (let pages = 1; next !== null; pages += 1) {
    if (pages > MOST_PAGES) throw new ExpectationError(`more than ${MOST_PAGES} pages`)
    const { pathname, search } = new URL(next)
    const answer = await t.send({ method: 'GET', path: pathname + search })
    expectEqual(answer.status, 200, `the status of ${pathname}${search}`)
    const page = answer.json() as FirstPage<Item>
    items.push(...page.results)
    next = page.next
  }
  return items
}
