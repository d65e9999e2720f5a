import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RunReport } from '../harness/run-report.ts'
import { CommandError } from './io.ts'
import { jsonReport } from './json-report.ts'
import type { RunFlags } from './run-command.ts'

export type Redact = (text: string) => string

interface ReportFormat {
  readonly flag: 'json' | 'junit' | 'sarif' | null
  /** In `--report-dir`. */
  readonly fileName: string
  write(report: RunReport): string | Promise<string>
}

/** Every report goes through the target's redaction before it touches the disk. */
const formats: readonly ReportFormat[] = [{ flag: 'json', fileName: 'results.json', write: jsonReport }]

export async function writeReportFiles(report: RunReport, flags: RunFlags, redact: Redact): Promise<void> {
  for (const { flag, fileName, write } of formats) {
    const named = flag === null ? undefined : flags[flag]
    const files = [named, flags.reportDir === undefined ? undefined : join(flags.reportDir, fileName)]
    for (const file of files) if (file !== undefined) await writeOne(file, redact(await write(report)))
  }
}

async function writeOne(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${error instanceof Error ? error.message : error}`)
  }
}
