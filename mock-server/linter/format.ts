import { findingsOf, type LintReport } from './lint.ts'

/** Numbers of entries that are named to people. */
const MOST_NAMED = 10

/** For people. */
export function lintText(report: LintReport): string {
  const findings = findingsOf(report)
  const found = report.rules.filter((rule) => rule.findings.length > 0)
  const blocks = found.map(({ name, title, advice, findings }) =>
    [
      `${name}: ${title}`,
      ...findings.map(({ subject, text, entries }) => `  ${subject}\n    ${text} (${named(entries)})`),
      `  ${advice}`,
    ].join('\n'),
  )
  const lost = report.dropped > 0 ? `, ${report.dropped} older ones were not kept` : ''
  const summary = `${findings.length === 0 ? 'nothing' : findings.length} found in ${report.entryCount} request${report.entryCount === 1 ? '' : 's'}${lost}`
  return `${[...blocks, summary].join('\n\n')}\n`
}

const named = (entries: readonly number[]): string => {
  const shown = entries.slice(0, MOST_NAMED).join(', ')
  return `${entries.length === 1 ? 'entry' : 'entries'} ${shown}${entries.length > MOST_NAMED ? ' …' : ''}`
}

/** For CI: one test case for each rule, which fails with all that it found. */
export function lintJUnit(report: LintReport): string {
  const failures = report.rules.filter(({ findings }) => findings.length > 0).length
  const cases = report.rules.map(({ name, title, advice, findings }) => {
    const head = `    <testcase classname="localscale.lint" name="${escaped(`${name}: ${title}`)}"`
    if (findings.length === 0) return `${head}/>`
    const lines = findings.map(({ subject, text, entries }) => `${subject}: ${text} (${named(entries)})`)
    return `${head}>\n      <failure message="${escaped(advice)}">${escaped(lines.join('\n'))}</failure>\n    </testcase>`
  })
  const counts = `tests="${report.rules.length}" failures="${failures}" errors="0"`
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${counts}>
  <testsuite name="client" ${counts}>
${cases.join('\n')}
  </testsuite>
</testsuites>
`
}

/** Text for XML 1.0, which has no room for most control characters. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
