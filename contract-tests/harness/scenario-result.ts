import type { Finding } from './finding.ts'
import type { Reason } from './not-run.ts'
import type { ScenarioCost } from './scenario.ts'
import type { SeenExchange } from './seen-exchange.ts'

export type Outcome = 'passed' | 'failed' | 'not-run'

export interface ScenarioResult {
  readonly id: string
  readonly title: string
  readonly cost: ScenarioCost
  /** `passed` says only that the story went as told: findings are apart. */
  readonly outcome: Outcome
  /** Of `not-run`. */
  readonly reason?: Reason
  /** Of `failed`. Not redacted. */
  readonly failure?: string
  readonly findings: readonly Finding[]
  readonly exchanges: readonly SeenExchange[]
  readonly durationMs: number
}

/** Findings that keep a run from being clean: everything but remarks. */
export const countsAsFinding = ({ severity }: Finding): boolean => severity !== 'info'

/** A request without an answer: nothing disagrees, and nothing was checked either. */
export const isUnanswered = (finding: Finding): boolean =>
  finding.class === 'not-checked' && countsAsFinding(finding)

export interface RunSummary {
  readonly passed: number
  readonly failed: number
  /** Without those that say themselves that they are not for that platform. */
  readonly notRun: number
  readonly leftOut: number
  readonly findings: number
  /** Answers and bodies that were not looked into, each told as a finding of its own. */
  readonly notChecked: number
  readonly exchanges: number
}

export function summaryOf(results: readonly ScenarioResult[]): RunSummary {
  const having = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length
  const findings = results.flatMap((result) => result.findings)
  return {
    passed: having('passed'),
    failed: having('failed'),
    notRun: results.filter(leavesGap).length,
    leftOut: having('not-run') - results.filter(leavesGap).length,
    findings: findings.filter((finding) => countsAsFinding(finding) && !isUnanswered(finding)).length,
    notChecked: findings.filter((finding) => finding.class === 'not-checked').length,
    exchanges: results.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
  }
}

/** Not run, and not because it says itself that it is not for that platform. */
export const leavesGap = ({
  outcome,
  reason,
}: Pick<ScenarioResult, 'outcome'> & { readonly reason?: Reason | null }): boolean =>
  outcome === 'not-run' && reason?.leftOut !== true

export type ExitCode = 0 | 1 | 2

/**
 * 1: something disagrees. 2: something, or everything, could not be run, or was not answered. 0: all was run, and
 * nothing disagrees.
 */
export function exitCodeOf(results: readonly ScenarioResult[]): ExitCode {
  const { passed, failed, findings } = summaryOf(results)
  if (failed > 0 || findings > 0) return 1
  const isWhole =
    passed > 0 && !results.some((result) => leavesGap(result) || result.findings.some(isUnanswered))
  return isWhole ? 0 : 2
}
