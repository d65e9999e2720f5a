import type { JournalEntry } from '../journal/entry.ts'

/** `GET /api/v2/jobs/?page=2` */
export const requestLine = ({ request: { method, url } }: JournalEntry): string =>
  `${method} ${targetOf(url)}`

/** Path and query. */
export function targetOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

export const pathOf = ({ request }: JournalEntry): string => new URL(request.url).pathname

export const isRead = ({ request }: JournalEntry): boolean => request.method === 'GET'

export const hasSucceeded = ({ answer }: JournalEntry): boolean =>
  answer !== null && answer.status >= 200 && answer.status < 300

/** The id that the path names as a job's. */
export const jobOf = (entry: JournalEntry): string | undefined => /\/jobs\/([^/]+)\//.exec(pathOf(entry))?.[1]

/**
 * In milliseconds, from when one was asked to when the other was: on the clock that says more, real or virtual. What is
 * `answered` later than asked is real time, which the virtual clock does not know.
 */
export function gap(one: JournalEntry, other: JournalEntry, answered = 0): number {
  const real = Date.parse(other.startedAt) - Date.parse(one.startedAt) - answered
  const virtual =
    one.virtualTime === null || other.virtualTime === null
      ? 0
      : Date.parse(other.virtualTime) - Date.parse(one.virtualTime)
  return Math.max(real, virtual, 0)
}

/** By a key, in the order in which the keys came. Entries without one are left out. */
export function grouped(
  entries: readonly JournalEntry[],
  keyOf: (entry: JournalEntry) => string | undefined,
): Map<string, JournalEntry[]> {
  const groups = new Map<string, JournalEntry[]>()
  for (const entry of entries) {
    const key = keyOf(entry)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(entry)
    else groups.set(key, [entry])
  }
  return groups
}

export const numbersOf = (entries: readonly JournalEntry[]): number[] => entries.map(({ number }) => number)
