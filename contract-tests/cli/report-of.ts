import packageJson from '../../package.json' with { type: 'json' }
import { type AcceptedDifference, accept } from '../harness/drift/acceptances.ts'
import { drift, type Side, type Sides } from '../harness/drift/drift.ts'
import type { RecordingAge } from '../harness/replay/recording-age.ts'
import { type ContractReport, contractReport } from '../harness/reports/contract-report.ts'
import type { RunReport } from '../harness/run-report.ts'
import type { TargetKind } from '../harness/target.ts'
import { bundledDescription } from './bundled-description.ts'

export interface ReportSource {
  /** One for each target that was asked; the first gives the scenarios that are listed. */
  readonly runs: readonly [RunReport, ...RunReport[]]
  readonly accepted: readonly AcceptedDifference[]
  readonly recordings?: readonly RecordingAge[]
  readonly now: Date
  redact(text: string): string
}

/** What one run, or several compared with each other, came to. */
export async function reportOf({
  runs,
  accepted,
  recordings = [],
  now,
  redact,
}: ReportSource): Promise<ContractReport> {
  const [first] = runs
  const findings = drift(sidesOf(runs), await bundledDescription())
  return contractReport({
    toolVersion: packageJson.version,
    target: runs.map(({ target }) => target.name).join(', '),
    startedAt: new Date(first.startedAt),
    durationMs: runs.reduce((sum, { durationMs }) => sum + durationMs, 0),
    results: runs.flatMap(({ results }) => results),
    drift: accept(findings, accepted, now.toISOString().slice(0, 10)),
    recordings,
    redact,
  })
}

const sideOf: Readonly<Record<TargetKind, keyof Sides>> = {
  mock: 'mock',
  'mock-http': 'mock',
  live: 'live',
  replay: 'recording',
}

function sidesOf(runs: readonly RunReport[]): Sides {
  const sides: { -readonly [Name in keyof Sides]: Side } = {}
  for (const { target, results } of runs) {
    sides[sideOf[target.kind]] = {
      exchanges: results.flatMap(({ exchanges }) => exchanges),
      findings: results.flatMap(({ findings }) => findings),
    }
  }
  return sides
}
