import type { JournalEntry } from '../journal/entry.ts'

/** Something that a client does and should not, with the entries that show it. */
export interface LintFinding {
  readonly rule: string
  /** What it is about, e.g. `GET /api/v2/jobs/abcdef/statuses/`. */
  readonly subject: string
  /** What was seen, with numbers. */
  readonly text: string
  /** Numbers of journal entries. */
  readonly entries: readonly number[]
}

/** One thing that clients of this API do wrong. A pure function of what they did, oldest first. */
export interface LintRule {
  readonly name: string
  /** What it looks for, in a sentence. */
  readonly title: string
  /** What to do instead, and why. */
  readonly advice: string
  find(entries: readonly JournalEntry[]): readonly Omit<LintFinding, 'rule'>[]
}
