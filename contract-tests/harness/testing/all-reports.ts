import { readFileSync } from 'node:fs'
import type { SourceLines } from '../../../openapi/source-line.ts'
import { description } from '../../../openapi/testing/description.ts'
import type { ContractReport } from '../reports/contract-report.ts'
import { htmlReport } from '../reports/html.ts'
import { jsonReport } from '../reports/json.ts'
import { junitReport } from '../reports/junit.ts'
import { markdownReport } from '../reports/markdown.ts'
import { sarifReport } from '../reports/sarif.ts'
import { terminalReport } from '../reports/terminal.ts'

export const sourceLines = JSON.parse(
  readFileSync(new URL('../../../openapi/generated/source-lines.json', import.meta.url), 'utf8'),
) as SourceLines

/** A report in every form there is. */
export const allReports = (report: ContractReport) => ({
  json: jsonReport(report),
  junit: junitReport(report),
  sarif: sarifReport(report, { description, lines: sourceLines }),
  markdown: markdownReport(report),
  html: htmlReport(report),
  terminal: terminalReport(report, { colour: false }),
})
