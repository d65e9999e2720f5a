import type { JournalEntry } from '../journal/entry.ts'
import { blindResubmit } from './blind-resubmit.ts'
import { downloadedAgain } from './downloaded-again.ts'
import type { LintFinding, LintRule } from './finding.ts'
import { firstPageOnly } from './first-page-only.ts'
import { pollWithoutBackOff } from './poll-without-back-off.ts'
import { retryAfterIgnored } from './retry-after-ignored.ts'
import { stopNotChecked } from './stop-not-checked.ts'

export const lintRules: readonly LintRule[] = [
  pollWithoutBackOff,
  retryAfterIgnored,
  firstPageOnly,
  stopNotChecked,
  blindResubmit,
  downloadedAgain,
]

export interface LintReport {
  /** Entries that were looked at. */
  readonly entryCount: number
  /** Entries that had to make room before: what they would have shown is not known. */
  readonly dropped: number
  /** Every rule, whether or not it found something. */
  readonly rules: readonly {
    readonly name: string
    readonly title: string
    readonly advice: string
    readonly findings: readonly LintFinding[]
  }[]
}

/** What a client does wrong, by what it said and was answered, oldest entry first. */
export function lint(entries: readonly JournalEntry[], dropped = 0): LintReport {
  return {
    entryCount: entries.length,
    dropped,
    rules: lintRules.map(({ name, title, advice, find }) => ({
      name,
      title,
      advice,
      findings: find(entries).map((finding) => ({ rule: name, ...finding })),
    })),
  }
}

export const findingsOf = ({ rules }: LintReport): LintFinding[] => rules.flatMap(({ findings }) => findings)
