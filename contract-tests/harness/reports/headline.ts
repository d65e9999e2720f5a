import type { RecordingAge } from '../replay/recording-age.ts'
import { type ContractReport, counts } from './contract-report.ts'

/** One line that says how it went, with nothing left out that was not done. */
export function headline(report: ContractReport): string {
  const { scenarios, findings, notChecked, durationMs } = report
  const having = (outcome: string) => scenarios.filter((scenario) => scenario.outcome === outcome).length
  const accepted = findings.filter(({ accepted }) => accepted !== null).length
  const unchecked = notChecked.reduce((sum, { count }) => sum + count, 0)
  return [
    `${having('passed')} passed`,
    `${having('failed')} failed`,
    `${having('not-run')} not run`,
    `${findings.filter(counts).length} findings${accepted > 0 ? ` (${accepted} more accepted)` : ''}`,
    `${unchecked} bodies not checked`,
    `${(durationMs / 1000).toFixed(1)} s`,
  ].join(', ')
}

/** What accepted differences have to say that is no finding: past their day, or fitting nothing any more. */
export function acceptanceTexts({ expiredAcceptances, unusedAcceptances }: ContractReport): {
  readonly expired: readonly string[]
  readonly unused: readonly string[]
} {
  return {
    expired: expiredAcceptances.map(
      ({ reviewBy, owner, reason }) =>
        `accepted only until ${reviewBy} (${owner}): ${reason}. Look at it again.`,
    ),
    unused: unusedAcceptances.map(
      ({ owner, reason }) => `accepted, but not seen any more (${owner}): ${reason}. It can go.`,
    ),
  }
}

export function ageText(recordings: readonly RecordingAge[]): string {
  const having = (age: string) => recordings.filter((one) => one.age === age).length
  const oldest = recordings.toSorted((one, other) => other.days - one.days)[0]
  const ages = `${having('fresh')} fresh, ${having('stale')} stale, ${having('expired')} expired`
  return oldest ? `${ages}; the oldest is ${oldest.scenario}, of ${oldest.recordedAt}` : ages
}

/** How often each text comes, most frequent first. */
export function tallied(texts: readonly string[]): [text: string, count: number][] {
  const tally = new Map<string, number>()
  for (const text of texts) tally.set(text, (tally.get(text) ?? 0) + 1)
  return [...tally].sort(([, one], [, other]) => other - one)
}
