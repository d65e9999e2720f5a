import type { JournalEntry } from '../journal/entry.ts'
import { grouped, hasSucceeded, isRead, numbersOf, pathOf, targetOf } from './entry-facts.ts'
import type { LintRule } from './finding.ts'

/** Who asks for fewer than the usual page (10) wants no more than those. */
export const USUAL_PAGE = 10

export const firstPageOnly: LintRule = {
  name: 'first-page-only',
  title: 'Lists are read to their end',
  advice:
    'Follow next until it is null: count says how many there are. Whoever wants only the newest asks for a small page_size.',
  find: (entries) =>
    [
      ...grouped(entries, (entry) => (isRead(entry) && hasSucceeded(entry) ? pathOf(entry) : undefined)),
    ].flatMap(([path, reads]) => {
      const open = reads.filter((entry) => nextOf(entry) !== null && pageOf(entry) === 1 && !wantsFew(entry))
      const isFollowed = reads.some((entry) => pageOf(entry) > 1)
      const [first] = open
      if (!first || isFollowed) return []
      const text = `read ${open.length === 1 ? 'once' : `${open.length} times`}, but none of the pages after the first: next was ${nextOf(first)}`
      return [{ subject: `GET ${path}`, text, entries: numbersOf(open) }]
    }),
}

/** The answer's link to the page after it, without its host; it stands before the rows, so that it is kept of long answers too. */
function nextOf({ answer }: JournalEntry): string | null {
  const [, link] = /^\{"count":\d+,"next":"([^"]+)"/.exec(answer?.body?.text ?? '') ?? []
  return link !== undefined && URL.canParse(link) ? targetOf(link) : null
}

const parameter = ({ request }: JournalEntry, name: string): string | null =>
  new URL(request.url).searchParams.get(name)

const pageOf = (entry: JournalEntry): number => Number(parameter(entry, 'page') ?? 1)

const wantsFew = (entry: JournalEntry): boolean => {
  const size = parameter(entry, 'page_size')
  return size !== null && Number(size) < USUAL_PAGE
}
