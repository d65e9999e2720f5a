import type { Description } from '../../../openapi/openapi-document.ts'
import { type SourceLines, sourceLineOf } from '../../../openapi/source-line.ts'
import type { DriftFinding } from '../drift/drift-finding.ts'
import type { FindingClass } from '../finding.ts'
import { type ContractReport, isWhole } from './contract-report.ts'
import { findingText, placeText } from './finding-text.ts'
import { acceptanceTexts, ageText } from './headline.ts'

export interface SarifParts {
  readonly description: Description
  readonly lines: SourceLines
}

/** SARIF 2.1.0; each result points at the line of the description that it disagrees with. */
export function sarifReport(report: ContractReport, parts: SarifParts): string {
  const classes = [...new Set(report.findings.map((finding) => finding.class))].sort()
  const run = {
    tool: {
      driver: {
        name: 'localscale contract',
        version: report.tool.version,
        rules: classes.map((id) => ({ id, shortDescription: { text: ruleTexts[id] } })),
      },
    },
    invocations: [invocationOf(report)],
    columnKind: 'utf16CodeUnits',
    results: report.findings.map((finding) => resultOf(finding, parts)),
  }
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json'
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`
}

/** No results say that nothing was found; what was not looked at has to be said apart (SARIF 2.1.0 §3.20.14, §3.20.21). */
function invocationOf(report: ContractReport): object {
  const notRun = report.scenarios.filter(({ outcome }) => outcome === 'not-run')
  const failed = report.scenarios.filter(({ outcome }) => outcome === 'failed')
  const notifications = [
    ...failed.map(({ id, failure }) => notification('error', `${id} failed: ${failure}`)),
    ...notRun.map(({ id, reason }) => notification('warning', `${id} was not run: ${reason?.text}`)),
    ...acceptanceTexts(report).expired.map((text) => notification('error', text)),
    ...report.notChecked.map(({ reason, count }) =>
      notification('note', `${count} bodies were not checked: ${reason}`),
    ),
    ...ageNotifications(report),
  ]
  return {
    executionSuccessful: isWhole(report) && failed.length === 0,
    startTimeUtc: report.startedAt,
    ...(notifications.length > 0 && { toolExecutionNotifications: notifications }),
  }
}

function ageNotifications({ recordings }: ContractReport): object[] {
  if (recordings.length === 0) return []
  const level = recordings.every(({ age }) => age === 'fresh') ? 'note' : 'warning'
  return [notification(level, `recordings: ${ageText(recordings)}`)]
}

const notification = (level: 'error' | 'warning' | 'note', text: string): object => ({
  level,
  message: { text },
})

const levels = { error: 'error', warning: 'warning', info: 'note' } as const

function resultOf(finding: DriftFinding, { description, lines }: SarifParts): object {
  const at = sourceLineOf(finding, description, lines) ?? { file: 'openapi/rescale.yaml', line: 1 }
  return {
    ruleId: finding.class,
    level: levels[finding.severity],
    message: { text: findingText(finding) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: at.file }, region: { startLine: at.line } },
        logicalLocations: [{ fullyQualifiedName: placeText(finding), kind: 'member' }],
      },
    ],
    partialFingerprints: { 'localscaleDrift/v1': finding.fingerprint },
    occurrenceCount: finding.occurrences,
    ...(finding.accepted && {
      suppressions: [{ kind: 'external', justification: finding.accepted.reason, status: 'accepted' }],
    }),
  }
}

const ruleTexts: Readonly<Record<FindingClass, string>> = {
  'undocumented-path': 'A path that the description does not know',
  'undocumented-method': 'A method that the description does not know',
  'undocumented-status': 'A status that the description does not give the operation',
  'undocumented-field': 'A field that the description does not know',
  'undocumented-header': 'A header that the description does not know',
  'undocumented-content-type': 'A content type that the description does not give the answer',
  'undocumented-enum-value': 'A value that is not in the described list',
  'undocumented-parameter': 'A parameter that the description does not know',
  'missing-field': 'A required field that is missing',
  'missing-header': 'A required header that is missing',
  type: 'A value of another type than described',
  constraint: 'A value outside a described bound',
  'format-class': 'A text that is not written as described',
  nullability: 'Null where it is not described',
  'write-only-leaked': 'A write-only field in an answer',
  'read-only-sent': 'A read-only field in a request',
  'duplicate-key': 'A key that an object holds twice',
  'empty-body': 'A body where there must be none, or none where there must be one',
  relation: 'Exchanges that contradict each other',
  lifecycle: 'A history that the state machine does not allow',
  'error-shape': 'An error that is told otherwise',
  order: 'Things in another order than described',
  'not-checked': 'Something that could not be looked into',
}
