import { Html, html, type Part } from '../../../openapi/api-page/html.ts'
import type { DriftFinding } from '../drift/drift-finding.ts'
import { type ContractReport, counts, type ScenarioReport } from './contract-report.ts'
import { patchLines, placeText } from './finding-text.ts'
import { acceptanceTexts, ageText, headline } from './headline.ts'

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8884; vertical-align: top; }
code, pre { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap; }
summary { cursor: pointer; }
.passed { color: #1a7f37; } .failed, .error { color: #cf222e; } .not-run, .warning { color: #9a6700; }
.accepted { opacity: .6; }
`

/** One page that loads nothing: no script, no other file. */
export function htmlReport(report: ContractReport): string {
  const findings = report.findings.filter(counts)
  const others = report.findings.filter((finding) => !counts(finding))
  const { expired, unused } = acceptanceTexts(report)
  const toReview = [...expired, ...unused]
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Contract: ${report.target}</title>
<style>${new Html(style)}</style>
</head>
<body>
<h1>Contract: ${report.target}</h1>
<p>${headline(report)}. Begun at ${report.startedAt}, localscale ${report.tool.version}.</p>
${findings.length > 0 && html`<h2>Findings</h2>${findings.map(findingView)}`}
<h2>Scenarios</h2>
<table>
<tr><th>scenario</th><th>outcome</th><th>exchanges</th><th>ms</th></tr>
${report.scenarios.map(scenarioRow)}
</table>
${report.notChecked.length > 0 && html`<h2>Not checked</h2><ul>${report.notChecked.map(({ reason, count }) => html`<li>${count} bodies: ${reason}</li>`)}</ul>`}
${toReview.length > 0 && html`<h2>Accepted differences to look at again</h2><ul>${toReview.map((text): Part => html`<li>${text}</li>`)}</ul>`}
${report.recordings.length > 0 && html`<h2>Recordings</h2><p>${ageText(report.recordings)}.</p>`}
${others.length > 0 && html`<h2>Accepted, and remarks</h2><div class="accepted">${others.map(findingView)}</div>`}
</body>
</html>
`.text
}

function findingView(finding: DriftFinding): Html {
  const { class: kind, severity, pair, fingerprint, expected, received, culprit, because } = finding
  return html`<details id="${fingerprint}">
<summary><span class="${severity}">${kind}</span> <code>${placeText(finding)}</code> ${pair}</summary>
<p>${finding.message}</p>
<table>
<tr><th>expected</th><td><code>${expected}</code></td></tr>
<tr><th>received</th><td><code>${received}</code></td></tr>
<tr><th>probably wrong</th><td>${culprit}, because ${because}</td></tr>
<tr><th>seen</th><td>${finding.occurrences} times: ${evidenceText(finding)}</td></tr>
<tr><th>fingerprint</th><td><code>${fingerprint}</code></td></tr>
${patchLines(finding).map((line): Part => html`<tr><th>mend</th><td><pre>${line}</pre></td></tr>`)}
${finding.accepted && html`<tr><th>accepted</th><td>by ${finding.accepted.owner} until ${finding.accepted.reviewBy}: ${finding.accepted.reason}</td></tr>`}
</table>
</details>
`
}

const evidenceText = ({ evidence }: DriftFinding): string =>
  evidence.map(({ scenario, seq, at }) => `${scenario} exchange ${seq} (${at})`).join(', ')

function scenarioRow({
  id,
  title,
  outcome,
  reason,
  failure,
  exchanges,
  durationMs,
  findings,
}: ScenarioReport): Html {
  const why = failure ?? reason?.text
  return html`<tr><td><code>${id}</code> ${title}${findings.map((fingerprint): Part => html` <a href="#${fingerprint}">${fingerprint}</a>`)}</td>
<td class="${outcome}">${outcome}${why !== undefined && html`: ${why}`}</td><td>${exchanges}</td><td>${durationMs}</td></tr>
`
}
