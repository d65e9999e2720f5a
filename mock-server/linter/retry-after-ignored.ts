import type { JournalEntry } from '../journal/entry.ts'
import { gap, grouped, requestLine } from './entry-facts.ts'
import type { LintRule } from './finding.ts'

/** Clocks and timers are not exact: a pause may be so much too short. Milliseconds. */
const TOLERANCE = 50

export const retryAfterIgnored: LintRule = {
  name: 'retry-after-ignored',
  title: 'Requests wait as long as Retry-After says',
  advice:
    'Wait for as many seconds as Retry-After says before the same request is sent again: a throttled request counts, too.',
  find: (entries) =>
    [
      ...grouped(
        entries,
        ({ operationId, ...entry }) => operationId ?? requestLine({ operationId, ...entry }),
      ),
    ].flatMap(([, sent]) => sent.slice(1).flatMap((next, index) => findingBetween(sent[index], next))),
}

function findingBetween(refused: JournalEntry | undefined, next: JournalEntry) {
  const wanted = refused && retryAfterOf(refused)
  if (!refused || wanted === undefined || isAtTheSameTime(refused, next)) return []
  const waited = gap(refused, next, refused.durationMilliseconds)
  if (waited >= wanted - TOLERANCE) return []
  const text = `sent again after ${seconds(waited)} s, though ${refused.answer?.status} said to wait ${seconds(wanted)} s`
  return [{ subject: requestLine(refused), text, entries: [refused.number, next.number] }]
}

/** Sent before the answer to the other was there, which it could not know. */
const isAtTheSameTime = (refused: JournalEntry, next: JournalEntry): boolean =>
  Date.parse(next.startedAt) - Date.parse(refused.startedAt) < refused.durationMilliseconds - TOLERANCE

/** Milliseconds; undefined where the answer does not ask to wait. */
function retryAfterOf({ answer, startedAt }: JournalEntry): number | undefined {
  const value = answer?.headers['retry-after']
  if (typeof value !== 'string' || !answer || answer.status < 400) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1_000
  const until = Date.parse(value)
  return Number.isNaN(until) ? undefined : until - Date.parse(startedAt)
}

const seconds = (milliseconds: number): string => (Math.max(milliseconds, 0) / 1_000).toFixed(1)
