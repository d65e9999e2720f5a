import type { DriftFinding } from '../drift/drift-finding.ts'
import { type ContractReport, counts } from './contract-report.ts'
import { patchLines, placeText } from './finding-text.ts'
import { acceptanceTexts, ageText, headline, tallied } from './headline.ts'

/** A CI summary shows so many findings; the JSON has all. */
const MOST_SHOWN = 10

/** For a CI's job summary: short, most important first. */
export function markdownReport(report: ContractReport): string {
  const findings = report.findings.filter(counts)
  const failed = report.scenarios.filter(({ outcome }) => outcome === 'failed')
  const acceptances = acceptanceTexts(report)
  const notRun = report.scenarios.filter(({ outcome }) => outcome === 'not-run')
  return [
    `## Contract: ${escaped(report.target)}`,
    '',
    escaped(headline(report)),
    '',
    ...section(
      'Failed scenarios',
      failed.map(({ id, failure }) => `- \`${id}\`: ${escaped(failure ?? '')}`),
    ),
    ...findingTable(findings),
    ...section(
      'Not run',
      tallied(notRun.map(({ reason }) => reason?.text ?? 'no reason given')).map(
        ([text, count]) => `- ${count}: ${escaped(text)}`,
      ),
    ),
    ...section(
      'Not checked',
      report.notChecked.map(({ reason, count }) => `- ${count} bodies: ${escaped(reason)}`),
    ),
    ...section('Recordings', report.recordings.length > 0 ? [`- ${ageText(report.recordings)}`] : []),
    ...section(
      'Accepted differences to look at again',
      [...acceptances.expired, ...acceptances.unused].map((text) => `- ${escaped(text)}`),
    ),
  ].join('\n')
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`### ${title}`, '', ...lines, '']

function findingTable(findings: readonly DriftFinding[]): string[] {
  const more = findings.length - MOST_SHOWN
  const rows = findings.slice(0, MOST_SHOWN).map((finding) => {
    const { class: kind, pair, expected, received, culprit, fingerprint, evidence, occurrences } = finding
    const [shown] = evidence
    const cells = [
      placeText(finding),
      kind,
      pair,
      expected,
      received,
      culprit,
      shown ? `${occurrences}x, ${shown.scenario} on ${shown.at.slice(0, 10)}` : `${occurrences}x`,
      fingerprint,
      patchLines(finding).join(' '),
    ]
    return `| ${cells.map(cell).join(' | ')} |`
  })
  if (rows.length === 0) return []
  return [
    '### Findings',
    '',
    '| where | class | compared | expected | received | probably wrong | seen | fingerprint | mend |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    ...(more > 0 ? [`… and ${more} more.`, ''] : []),
  ]
}

const cell = (text: string): string => escaped(text).replaceAll('|', '\\|')

/** Nothing in a report may become markup: no links, images or HTML out of what a server said. */
const escaped = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[`*_[\]()!\\]/g, '\\$&')
