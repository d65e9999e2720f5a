import type { DriftFinding } from '../drift/drift-finding.ts'
import { type ContractReport, counts, type ScenarioReport } from './contract-report.ts'
import { findingText } from './finding-text.ts'
import { acceptanceTexts, ageText } from './headline.ts'
import { element } from './xml.ts'

/** JUnit XML: a test case for each scenario; what could not be run is skipped, with its reason. */
export function junitReport(report: ContractReport): string {
  const byFingerprint = new Map(report.findings.map((finding) => [finding.fingerprint, finding]))
  const cases = report.scenarios.map((scenario) => testCase(scenario, byFingerprint))
  const orphans = report.findings.filter(counts).filter(({ fingerprint }) => !isShown(report, fingerprint))
  const orphaned = orphans.map((finding) =>
    element(
      'testcase',
      { classname: 'drift', name: `${finding.pair} ${finding.fingerprint}`, time: '0.000' },
      [element('failure', { message: finding.message, type: finding.class }, findingText(finding))],
    ),
  )
  // What was accepted too long makes the run fail, and so has to fail here.
  const past = acceptanceTexts(report).expired.map((text, index) =>
    element('testcase', { classname: 'accepted', name: `accepted difference ${index + 1}`, time: '0.000' }, [
      element('failure', { message: text, type: 'expired' }, text),
    ]),
  )
  const rest = [...orphaned, ...past]
  const errors = cases.filter(({ unanswered }) => unanswered).length
  const failures = cases.filter(({ failed }) => failed).length + rest.length
  const attributes = {
    name: `localscale contract: ${report.target}`,
    tests: cases.length + rest.length,
    failures,
    errors,
    skipped: report.scenarios.filter(({ outcome }) => outcome === 'not-run').length,
    time: seconds(report.durationMs),
    timestamp: report.startedAt.slice(0, 19),
  }
  const properties =
    report.recordings.length > 0
      ? [
          element('properties', {}, [
            element('property', { name: 'recordings', value: ageText(report.recordings) }),
          ]),
        ]
      : []
  const suite = element('testsuite', attributes, [...properties, ...cases.map(({ xml }) => xml), ...rest])
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', {}, [suite])}\n`
}

const isShown = ({ scenarios }: ContractReport, fingerprint: string): boolean =>
  scenarios.some(({ findings }) => findings.includes(fingerprint))

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

function testCase(
  { id, title, outcome, reason, failure, durationMs, findings, unanswered }: ScenarioReport,
  byFingerprint: ReadonlyMap<string, DriftFinding>,
): { xml: string; failed: boolean; unanswered: boolean } {
  const [group = ''] = id.split('/')
  const counted = findings.flatMap((fingerprint) => byFingerprint.get(fingerprint) ?? []).filter(counts)
  const problems = [
    ...(failure === null ? [] : [element('failure', { message: failure, type: 'scenario' }, failure)]),
    ...counted.map((finding) =>
      element('failure', { message: finding.message, type: finding.class }, findingText(finding)),
    ),
  ]
  const skipped = outcome === 'not-run' ? [element('skipped', { message: reason?.text ?? 'not run' })] : []
  // Of one that failed, or was not run, that says why already.
  const isUnanswered = outcome === 'passed' && unanswered > 0
  const errors = isUnanswered
    ? [element('error', { message: `${unanswered} requests had no answer that could be checked` })]
    : []
  const attributes = { classname: group, name: `${id}: ${title}`, time: seconds(durationMs) }
  const xml = element('testcase', attributes, [...problems, ...errors, ...skipped])
  return { xml, failed: problems.length > 0, unanswered: isUnanswered }
}
