import { styleText } from 'node:util'
import type { DriftFinding } from '../drift/drift-finding.ts'
import { type ContractReport, counts, exitCodeOfReport, type ScenarioReport } from './contract-report.ts'
import { patchLines, placeText } from './finding-text.ts'
import { acceptanceTexts, ageText, headline, tallied } from './headline.ts'

export interface TerminalOptions {
  readonly colour: boolean
}

type Style = (format: 'red' | 'green' | 'yellow' | 'dim' | 'bold', text: string) => string

/** For people: what is wrong, what was not looked at, and what to do next. */
export function terminalReport(report: ContractReport, { colour }: TerminalOptions): string {
  const style: Style = (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text)
  const findings = report.findings.filter(counts)
  return [
    ...report.scenarios.flatMap((scenario) => scenarioLines(scenario, style)),
    ...findings.flatMap((finding) => ['', ...findingLines(finding, style)]),
    '',
    ...restLines(report, style),
    style(endColours[exitCodeOfReport(report)], `contract ${printable(report.target)}: ${headline(report)}`),
    '',
  ].join('\n')
}

const endColours = { 0: 'green', 1: 'red', 2: 'yellow' } as const
const marks = { passed: '✓', failed: '✗', 'not-run': '–' } as const
const colours = { passed: 'green', failed: 'red', 'not-run': 'yellow' } as const

function scenarioLines({ id, title, outcome, failure, durationMs }: ScenarioReport, style: Style): string[] {
  const mark = style(colours[outcome], marks[outcome])
  const line = `${mark} ${id}: ${title} ${style('dim', `(${durationMs} ms)`)}`
  return failure === null ? [line] : [line, `    ${printable(failure)}`]
}

function findingLines(finding: DriftFinding, style: Style): string[] {
  const {
    class: kind,
    pair,
    fingerprint,
    expected,
    received,
    culprit,
    because,
    occurrences,
    evidence,
  } = finding
  const [shown] = evidence
  return [
    `${style(finding.severity === 'error' ? 'red' : 'yellow', kind)} ${style('bold', printable(placeText(finding)))} ${style('dim', `${pair} ${fingerprint}`)}`,
    `    ${printable(finding.message)}`,
    `    expected ${printable(expected)}`,
    `    received ${printable(received)}`,
    `    probably wrong: ${culprit}, because ${because}`,
    ...patchLines(finding).map((line) => `    ${printable(line)}`),
    ...(shown
      ? [
          style(
            'dim',
            `    seen ${occurrences}x, first in ${shown.scenario}, exchange ${shown.seq}, on ${shown.at.slice(0, 10)}`,
          ),
        ]
      : []),
  ]
}

function restLines(report: ContractReport, style: Style): string[] {
  const notRun = report.scenarios.filter(({ outcome }) => outcome === 'not-run')
  const acceptances = acceptanceTexts(report)
  return [
    ...tallied(notRun.map(({ reason }) => reason?.text ?? 'no reason given')).map(([text, count]) =>
      style('yellow', `not run: ${count}, ${printable(text)}`),
    ),
    ...report.notChecked.map(({ reason, count }) =>
      style('dim', `not checked: ${count} bodies, ${printable(reason)}`),
    ),
    ...acceptances.expired.map((text) => style('red', printable(text))),
    ...acceptances.unused.map((text) => style('yellow', printable(text))),
    ...(report.recordings.length > 0 ? [`recordings: ${ageText(report.recordings)}`] : []),
  ]
}

/** What a server said may hold control characters, which a terminal would obey. */
const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (found) =>
    found === '\n' ? ' ' : `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
