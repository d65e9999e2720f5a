import { rm } from 'node:fs/promises'
import { Command } from 'commander'
import { loadChecks } from '../harness/checks/load-checks.ts'
import { overlayOf } from '../harness/drift/overlay.ts'
import { realClock } from '../harness/harness-clock.ts'
import { type ContractReport, counts, exitCodeOfReport } from '../harness/reports/contract-report.ts'
import { terminalReport } from '../harness/reports/terminal.ts'
import { type RunReport, runScenarios } from '../harness/run-report.ts'
import type { Scenario } from '../harness/scenario.ts'
import { selectScenarios } from '../harness/select-scenarios.ts'
import type { Target, TargetKind } from '../harness/target.ts'
import { acceptedIn } from './accepted-file.ts'
import { CommandError, type Io } from './io.ts'
import { withLiveFlags } from './live-flags.ts'
import { loadScenarios } from './load-scenarios.ts'
import { openTarget } from './open-target.ts'
import { type ReportFlags, withReportFlags, writeReport, writeReportFiles } from './report-files.ts'
import { reportOf } from './report-of.ts'
import type { RunFlags } from './run-command.ts'

export interface DriftFlags extends ReportFlags, Omit<RunFlags, 'target' | 'scenarios' | keyof ReportFlags> {
  readonly overlay?: string
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value]

/** Tests open other targets. */
export function driftCommand(io: Io, open = openTarget): Command {
  const command = new Command('drift')
    .description(
      'Compares mock, description and recordings with each other, and with a live platform when a profile is named: what differs, who is probably wrong, and what would mend it.',
    )
    .option(
      '--profile <name>',
      'ask this profile of the apiconfig file, too (only reading, unless more is allowed)',
    )
    .option('--only <what>', 'a scenario, `group/*`, an operation, or `cost:free` (repeatable)', collect, [])
    .option('--overlay <file>', 'write what would mend the description as an OpenAPI Overlay')
  return withReportFlags(withLiveFlags(command)).action(async (flags: DriftFlags) =>
    io.setExitCode(await compare(flags, io, open)),
  )
}

async function compare(flags: DriftFlags, io: Io, open: typeof openTarget): Promise<0 | 1 | 2> {
  const accepted = await acceptedIn(flags.accepted)
  const chosen = selectScenarios(await loadScenarios([]), flags.only)
  const kinds: TargetKind[] = ['mock', 'replay', ...(flags.profile === undefined ? [] : ['live' as const])]
  const told: Told[] = []
  for (const kind of kinds)
    told.push(await tell(await open({ ...flags, target: kind, scenarios: [] }, io), chosen))
  const redact = (text: string) => told.reduce((hidden, { target }) => target.redact(hidden), text)
  const [first, ...others] = told.map(({ report }) => report)
  if (!first) throw new CommandError('there is nothing to compare.')
  const report = await reportOf({
    runs: [first, ...others],
    accepted,
    recordings: told.flatMap(({ target }) => target.recordings ?? []),
    now: realClock.now(),
    redact,
  })
  io.out(terminalReport(report, { colour: io.colour }))
  await writeReportFiles(report, flags)
  if (flags.overlay !== undefined) await writeOverlay(flags.overlay, report, io)
  return exitCodeOfReport(report)
}

interface Told {
  readonly target: Target
  readonly report: RunReport
}

async function tell(target: Target, chosen: readonly Scenario[]): Promise<Told> {
  try {
    const { check } = await loadChecks()
    return { target, report: await runScenarios(chosen, target, { clock: realClock, check }) }
  } finally {
    await target.close()
  }
}

/** What is in the way of an earlier run would pass for this one's. */
async function writeOverlay(file: string, report: ContractReport, io: Io): Promise<void> {
  const overlay = overlayOf(report.findings.filter(counts), {
    title: `What ${report.target} does and the description does not say`,
    version: report.startedAt,
  })
  if (overlay) return writeReport(file, `${JSON.stringify(overlay, null, 2)}\n`)
  await rm(file, { force: true })
  io.out(`No finding says how to mend the description: ${file} is not written.\n`)
}
