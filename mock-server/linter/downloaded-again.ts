import type { JournalEntry } from '../journal/entry.ts'
import { grouped, hasSucceeded, numbersOf, pathOf } from './entry-facts.ts'
import type { LintRule } from './finding.ts'

export const downloadedAgain: LintRule = {
  name: 'downloaded-again',
  title: 'Files that have not changed are downloaded once',
  advice:
    'Files of the platform never change under their id. Keep what was downloaded, and compare it with fileChecksums (SHA-512) where in doubt.',
  find(entries) {
    const again = [...grouped(entries, downloadKey).values()].filter((same) => same.length > 1)
    return isHabit(again) ? again.map(findingOf) : []
  },
}

/** Once more is a second try, or a comparison of ways to download. */
const isHabit = (again: readonly JournalEntry[][]): boolean =>
  again.length > 1 || again.some((same) => same.length > 2)

function findingOf(same: readonly JournalEntry[]) {
  const [first] = same
  const text = `the same ${first?.answer?.body?.size ?? 0} bytes ${same.length} times`
  return { subject: `GET ${first ? pathOf(first) : ''}`, text, entries: numbersOf(same) }
}

/** The same for downloads that gave the same bytes of the same file; undefined for what is none, or did not come to its end. */
function downloadKey(entry: JournalEntry): string | undefined {
  const body = entry.answer?.body
  if (entry.operationId !== 'downloadFile' || entry.request.method !== 'GET' || !hasSucceeded(entry))
    return undefined
  if (!body?.isComplete || body.size === 0) return undefined
  const { range = '' } = entry.request.headers
  return [pathOf(entry), String(range), body.sha256].join('\n')
}
