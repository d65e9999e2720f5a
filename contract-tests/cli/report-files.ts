import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import type { ContractReport } from '../harness/reports/contract-report.ts'
import { CommandError } from './io.ts'

/** Which reports are asked for; each names a file. */
export interface ReportFlags {
  readonly reportDir?: string
  readonly json?: string
  readonly junit?: string
  readonly sarif?: string
  readonly html?: string
  readonly markdown?: string
}

export const withReportFlags = (command: Command): Command =>
  command
    .option('--report-dir <folder>', 'write all reports there')
    .option('--json <file>', 'write the results as JSON')
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--sarif <file>', 'write the findings as SARIF 2.1.0')
    .option('--html <file>', 'write a report as one page of HTML')
    .option('--markdown <file>', 'write a summary for a CI')
    .option('--accepted <file>', 'differences that are accepted, each with owner, reason and last day')

interface ReportFormat {
  readonly flag: Exclude<keyof ReportFlags, 'reportDir'>
  /** In `--report-dir`. */
  readonly fileName: string
  write(report: ContractReport): Promise<string>
}

const formats: readonly ReportFormat[] = [
  {
    flag: 'json',
    fileName: 'results.json',
    write: async (report) => (await import('../harness/reports/json.ts')).jsonReport(report),
  },
  {
    flag: 'junit',
    fileName: 'junit.xml',
    write: async (report) => (await import('../harness/reports/junit.ts')).junitReport(report),
  },
  { flag: 'sarif', fileName: 'findings.sarif', write: writeSarif },
  {
    flag: 'html',
    fileName: 'report.html',
    write: async (report) => (await import('../harness/reports/html.ts')).htmlReport(report),
  },
  {
    flag: 'markdown',
    fileName: 'summary.md',
    write: async (report) => (await import('../harness/reports/markdown.ts')).markdownReport(report),
  },
]

async function writeSarif(report: ContractReport): Promise<string> {
  const [{ sarifReport }, { default: lines }, { bundledDescription }] = await Promise.all([
    import('../harness/reports/sarif.ts'),
    import('../../openapi/generated/source-lines.json', { with: { type: 'json' } }),
    import('./bundled-description.ts'),
  ])
  return sarifReport(report, { description: await bundledDescription(), lines })
}

/** The report is redacted already. */
export async function writeReportFiles(report: ContractReport, flags: ReportFlags): Promise<void> {
  for (const { flag, fileName, write } of formats) {
    const files = [flags[flag], flags.reportDir === undefined ? undefined : join(flags.reportDir, fileName)]
    for (const file of files) if (file !== undefined) await writeReport(file, await write(report))
  }
}

/** With the folders on the way. */
export async function writeReport(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${error instanceof Error ? error.message : error}`)
  }
}
