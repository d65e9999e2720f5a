import type { JournalEntry } from '../journal/entry.ts'
import { grouped, isRead, jobOf, numbersOf } from './entry-facts.ts'
import type { LintRule } from './finding.ts'

export const blindResubmit: LintRule = {
  name: 'blind-resubmit',
  title: 'A job is submitted again only after a look at its statuses',
  advice:
    'When the answer to submit is lost or is a 5xx, the job may have been submitted all the same. Read its statuses first: while there are none, it was not.',
  find: (entries) =>
    [...grouped(entries, jobOf)].flatMap(([job, about]) => {
      const repeated = repeatedSubmits(about)
      if (repeated.length === 0) return []
      const text = `submitted ${repeated.length} times without a look at it in between`
      return [{ subject: `POST /api/v2/jobs/${job}/submit/`, text, entries: numbersOf(repeated) }]
    }),
}

/** Submits that followed one whose outcome was not certain, with that one. */
function repeatedSubmits(about: readonly JournalEntry[]): JournalEntry[] {
  const found = new Set<JournalEntry>()
  let uncertain: JournalEntry | null = null
  for (const entry of about) {
    if (entry.operationId === 'submitJob') {
      if (uncertain) found.add(uncertain).add(entry)
      uncertain = isRefused(entry) ? uncertain : entry
    } else if (isRead(entry)) uncertain = null
  }
  return [...found]
}

/** Nothing happened for certain. */
const isRefused = ({ answer }: JournalEntry): boolean =>
  answer !== null && answer.status >= 400 && answer.status < 500 && answer.status !== 408
