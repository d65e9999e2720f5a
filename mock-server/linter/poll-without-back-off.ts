import type { JournalEntry } from '../journal/entry.ts'
import { gap, grouped, isRead, numbersOf, requestLine } from './entry-facts.ts'
import type { LintRule } from './finding.ts'

/** The same answer so often in a row is polling; fewer may be chance. */
export const FEWEST_POLLS = 6

/** Above this, polling at a steady pace does no harm: the platform's own examples poll every 30 s. Milliseconds. */
export const SLOW_ENOUGH = 5_000

/** A pause that became so much longer is backing off. */
const GROWTH = 1.5

export const pollWithoutBackOff: LintRule = {
  name: 'poll-without-back-off',
  title: 'Polls pause longer while nothing changes',
  advice:
    'Begin with a second and double the pause up to 30 s. Jobs take minutes to hours, and all requests of a user share 7,200 an hour.',
  find: (entries) =>
    [...grouped(entries, (entry) => (isRead(entry) ? requestLine(entry) : undefined))].flatMap(
      ([line, polls]) =>
        streaks(polls)
          .filter(isHasty)
          .map((streak) => ({
            subject: line,
            text: `${streak.length} times with the same answer, with pauses of ${pausesOf(streak).map(seconds).join(', ')} s`,
            entries: numbersOf(streak),
          })),
    ),
}

/** Runs of polls that got the same answer. */
function streaks(polls: readonly JournalEntry[]): JournalEntry[][] {
  const runs: JournalEntry[][] = []
  for (const poll of polls) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && isSame(last, poll)) run.push(poll)
    else runs.push([poll])
  }
  return runs
}

const isSame = (one: JournalEntry, other: JournalEntry): boolean =>
  one.answer !== null &&
  one.answer.status === other.answer?.status &&
  one.answer.body?.sha256 === other.answer.body?.sha256

function isHasty(streak: readonly JournalEntry[]): boolean {
  if (streak.length < FEWEST_POLLS) return false
  const pauses = pausesOf(streak)
  const [first = 0, last = 0] = [pauses[0], pauses.at(-1)]
  return Math.max(...pauses) < SLOW_ENOUGH && last < first * GROWTH + 1
}

const pausesOf = (streak: readonly JournalEntry[]): number[] =>
  streak.slice(1).flatMap((poll, index) => {
    const before = streak[index]
    return before ? [gap(before, poll)] : []
  })

const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(milliseconds < 1_000 ? 2 : 0)
