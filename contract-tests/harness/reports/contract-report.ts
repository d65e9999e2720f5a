import type { AcceptanceReport, AcceptedDifference } from '../drift/acceptances.ts'
import type { DriftFinding } from '../drift/drift-finding.ts'
import type { Json } from '../json.ts'
import type { Reason } from '../not-run.ts'
import type { RecordingAge } from '../replay/recording-age.ts'
import { isUnanswered, leavesGap, type Outcome, type ScenarioResult } from '../scenario-result.ts'

/** What a run of the suite found: plain values, redacted, all that any report shows. */
export interface ContractReport {
  readonly version: 1
  readonly tool: { readonly name: 'localscale'; readonly version: string }
  /** Without secrets, e.g. `mock in this process`. */
  readonly target: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly durationMs: number
  readonly scenarios: readonly ScenarioReport[]
  readonly findings: readonly DriftFinding[]
  readonly expiredAcceptances: readonly AcceptedDifference[]
  readonly unusedAcceptances: readonly AcceptedDifference[]
  /** Bodies that nothing could be said of, by reason. Never to be taken for a pass. */
  readonly notChecked: readonly { readonly reason: string; readonly count: number }[]
  /** Empty where nothing recorded took part. */
  readonly recordings: readonly RecordingAge[]
}

export interface ScenarioReport {
  readonly id: string
  readonly title: string
  readonly cost: string
  readonly outcome: Outcome
  readonly reason: Reason | null
  readonly failure: string | null
  readonly durationMs: number
  readonly exchanges: number
  /** Of the exchanges, those that had no answer that could be checked. */
  readonly unanswered: number
  /** Fingerprints of what it showed. */
  readonly findings: readonly string[]
}

export interface ReportParts {
  readonly toolVersion: string
  readonly target: string
  readonly startedAt: Date
  readonly durationMs: number
  readonly results: readonly ScenarioResult[]
  readonly drift: AcceptanceReport
  readonly recordings?: readonly RecordingAge[]
  /** Takes secrets out of a text; applied to every text that came from outside. */
  readonly redact: (text: string) => string
}

export function contractReport(parts: ReportParts): ContractReport {
  const { drift, redact } = parts
  const findings = drift.findings.map((finding) => redactedFinding(finding, redact))
  return {
    version: 1,
    tool: { name: 'localscale', version: parts.toolVersion },
    target: redact(parts.target),
    startedAt: parts.startedAt.toISOString(),
    durationMs: Math.round(parts.durationMs),
    scenarios: parts.results.map((result) => scenarioReport(result, findings, redact)),
    findings,
    expiredAcceptances: drift.expired,
    unusedAcceptances: drift.unused,
    notChecked: notChecked(parts.results, redact),
    recordings: parts.recordings ?? [],
  }
}

/** Findings that make a run fail: not the accepted ones, and no remarks. */
export const counts = ({ accepted, severity }: DriftFinding): boolean =>
  accepted === null && severity !== 'info'

/**
 * 1: something disagrees, or is not accepted any more. 2: something could not be run, or was not answered. 0: all was
 * run, and agrees.
 */
export function exitCodeOfReport(report: ContractReport): 0 | 1 | 2 {
  const { findings, scenarios, expiredAcceptances } = report
  const isFailed = scenarios.some(({ outcome }) => outcome === 'failed')
  if (isFailed || findings.some(counts) || expiredAcceptances.length > 0) return 1
  return isWhole(report) ? 0 : 2
}

/** Whether something was run, and nothing left out that should have been. */
export const isWhole = ({ scenarios }: ContractReport): boolean =>
  scenarios.some(({ outcome }) => outcome === 'passed') &&
  !scenarios.some((scenario) => leavesGap(scenario) || scenario.unanswered > 0)

function redactedFinding(finding: DriftFinding, redact: (text: string) => string): DriftFinding {
  const { expected, received, message, pointer, patch } = finding
  return {
    ...finding,
    expected: redact(expected),
    received: redact(received),
    message: redact(message),
    pointer: redact(pointer),
    patch: patch && (redactedJson(patch as unknown as Json, redact) as unknown as DriftFinding['patch']),
  }
}

function redactedJson(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => redactedJson(item, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key), redactedJson(item, redact)]),
  )
}

function scenarioReport(
  result: ScenarioResult,
  findings: readonly DriftFinding[],
  redact: (text: string) => string,
): ScenarioReport {
  const { id, title, cost, outcome, reason, failure, durationMs, exchanges } = result
  return {
    id,
    title,
    cost,
    outcome,
    reason: reason ? { ...reason, text: redact(reason.text) } : null,
    failure: failure === undefined ? null : redact(failure),
    durationMs: Math.round(durationMs),
    exchanges: exchanges.length,
    unanswered: result.findings.filter(isUnanswered).length,
    findings: findings
      .filter(({ evidence }) => evidence.some(({ scenario }) => scenario === id))
      .map(({ fingerprint }) => fingerprint),
  }
}

function notChecked(
  results: readonly ScenarioResult[],
  redact: (text: string) => string,
): { reason: string; count: number }[] {
  const counted = new Map<string, number>()
  for (const { class: kind, message } of results.flatMap(({ findings }) => findings)) {
    if (kind !== 'not-checked') continue
    const reason = redact(message)
    counted.set(reason, (counted.get(reason) ?? 0) + 1)
  }
  return [...counted]
    .map(([reason, count]) => ({ reason, count }))
    .sort((one, other) => other.count - one.count)
}
