import { stripVTControlCharacters, styleText } from 'node:util'
import type { DriftFinding } from '../harness/drift/drift-finding.ts'
import type { Finding } from '../harness/finding.ts'
import type { Reason } from '../harness/not-run.ts'
import type { ContractReport } from '../harness/reports/contract-report.ts'
import { placeText } from '../harness/reports/finding-text.ts'
import { acceptanceTexts, ageText } from '../harness/reports/headline.ts'
import type { RunReport } from '../harness/run-report.ts'
import { countsAsFinding, type ScenarioResult } from '../harness/scenario-result.ts'

export interface Show {
  readonly colour: boolean
  /** Tells of every body that was not checked, too. */
  readonly verbose: boolean
  redact(text: string): string
}

type Style = Parameters<typeof styleText>[0]

const marks = { passed: ['✓', 'green'], failed: ['✗', 'red'], 'not-run': ['–', 'yellow'] } as const

/** One scenario: a line, and below it what was wrong. */
export function resultText(result: ScenarioResult, show: Show): string {
  const counted = result.findings.filter(countsAsFinding)
  const [mark, style] = marks[result.outcome === 'passed' && counted.length > 0 ? 'failed' : result.outcome]
  const head = `${paint(mark, style, show)} ${result.id}  ${paint(result.title, 'dim', show)}\n`
  const why = result.failure ?? (result.reason && reasonText(result.reason))
  const shown = result.findings.filter((finding) => countsAsFinding(finding) || show.verbose)
  return show.redact(
    [
      head,
      why === undefined ? '' : indented(why),
      ...shown.map((finding) => indented(findingText(finding))),
    ].join(''),
  )
}

/** The numbers, and in words what an exit code other than 0 is about. */
export function summaryText(
  { summary, durationMs, exitCode }: RunReport,
  whole: ContractReport,
  show: Show,
): string {
  const { passed, failed, notRun, leftOut, findings, notChecked, exchanges } = summary
  const accepted = whole.findings.flatMap((one) => (one.accepted && one.severity !== 'info' ? [one] : []))
  const acceptedCount = accepted.reduce((sum, { occurrences }) => sum + occurrences, 0)
  const { expired, unused } = acceptanceTexts(whole)
  const seconds = (durationMs / 1_000).toFixed(1)
  const numbers = [
    `${passed} passed`,
    `${failed} failed`,
    `${notRun} could not run`,
    ...(leftOut > 0 ? [`${leftOut} not for this platform`] : []),
    `${findings - acceptedCount} findings${acceptedCount > 0 ? ` (${acceptedCount} more accepted)` : ''}`,
    `${exchanges} exchanges in ${seconds} s`,
    `${notChecked} bodies not checked${show.verbose || notChecked === 0 ? '' : ' (--verbose says which and why)'}`,
  ]
  const onlyPast = exitCode === 1 && failed === 0 && findings === acceptedCount
  const verdict = paint(
    onlyPast ? 'An accepted difference is past its day.' : verdicts[exitCode],
    exitCode === 0 ? 'green' : exitCode === 1 ? 'red' : 'yellow',
    show,
  )
  const remarks = [
    ...accepted.map((one) => `accepted: ${one.class} at ${placeText(one)}, ${acceptedBy(one)}`),
    ...expired,
    ...unused,
    ...(whole.recordings.length > 0 ? [`recordings: ${ageText(whole.recordings)}`] : []),
  ].map((text) => `${harmless(text)}\n`)
  return show.redact(`\n${remarks.join('')}${numbers.join(' · ')}\n${verdict}\n`)
}

const acceptedBy = ({ accepted }: DriftFinding): string =>
  `by ${accepted?.owner} until ${accepted?.reviewBy}: ${accepted?.reason}`

const verdicts = {
  0: 'Clean.',
  1: 'The platform does not do what is described.',
  2: 'Not everything could be run: this says nothing about what was left out.',
} as const

const reasonText = ({ kind, text, leftOut }: Reason): string =>
  `${leftOut ? 'not for this platform' : 'could not run'} (${kind}): ${text}`

function findingText(finding: Finding): string {
  const { class: kind, rule, operationId, status, side, pointer, seq, message, severity } = finding
  const where = `${operationId ?? 'outside'} ${status ?? ''} ${side} ${pointer}`.replaceAll(/ +/g, ' ').trim()
  const label = `${severity === 'error' ? '' : `${severity} `}${kind}${rule === undefined ? '' : `/${rule}`}`
  return `${label} at ${where} (exchange ${seq}): ${message}`
}

const indented = (text: string): string => `    ${harmless(text).replaceAll('\n', '\n    ')}\n`

const paint = (text: string, style: Style, { colour }: Show): string =>
  colour ? styleText(style, harmless(text), { validateStream: false }) : harmless(text)

/** What a platform sent may hold control sequences; a terminal must not follow them. */
function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return stripVTControlCharacters(text).replaceAll(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '�')
}
