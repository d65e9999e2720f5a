import { Command, Option } from 'commander'
import { loadChecks } from '../harness/checks/load-checks.ts'
import { realClock } from '../harness/harness-clock.ts'
import { exitCodeOfReport } from '../harness/reports/contract-report.ts'
import { runScenarios } from '../harness/run-report.ts'
import { selectScenarios } from '../harness/select-scenarios.ts'
import type { TargetKind } from '../harness/target.ts'
import { acceptedIn } from './accepted-file.ts'
import { CommandError, type Io } from './io.ts'
import { loadScenarios } from './load-scenarios.ts'
import { openTarget } from './open-target.ts'
import { type ReportFlags, writeReportFiles } from './report-files.ts'
import { reportOf } from './report-of.ts'
import { resultText, summaryText } from './terminal-report.ts'

export interface RunFlags extends ReportFlags {
  readonly target: TargetKind
  readonly url?: string
  readonly profile?: string
  readonly only: readonly string[]
  readonly scenarios: readonly string[]
  readonly record?: boolean
  readonly accepted?: string
  readonly verbose?: boolean
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value]

export function runCommand(io: Io): Command {
  const target = new Option('--target <kind>', 'what to tell the suite to')
    .choices(['mock', 'mock-http', 'live', 'replay'])
    .default('mock')
  return new Command('run')
    .description(
      'Tells the suite to a platform. Exit code 0: clean; 1: findings; 2: something could not be run.',
    )
    .addOption(target)
    .option(
      '--url <url>',
      'mock-http: a LocalScale that is served already (default: one is served meanwhile)',
    )
    .option('--profile <name>', 'live: which profile of the apiconfig file')
    .option('--only <what>', 'a scenario, `group/*`, an operation, or `cost:free` (repeatable)', collect, [])
    .option(
      '--scenarios <file>',
      'a module of your own scenarios, besides the suite (repeatable)',
      collect,
      [],
    )
    .option('--record', 'keep what was said as recordings')
    .option('--report-dir <folder>', 'write all reports there')
    .option('--json <file>', 'write the results as JSON')
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--sarif <file>', 'write the findings as SARIF 2.1.0')
    .option('--html <file>', 'write a report as one page of HTML')
    .option('--markdown <file>', 'write a summary for a CI')
    .option('--accepted <file>', 'differences that are accepted, each with owner, reason and last day')
    .option('--verbose', 'name every body that was not checked, and why')
    .action(async (flags: RunFlags) => {
      io.setExitCode(await run(flags, io))
    })
}

async function run(flags: RunFlags, io: Io): Promise<0 | 1 | 2> {
  const accepted = await acceptedIn(flags.accepted)
  for (const flag of ['record'] as const)
    if (flags[flag] !== undefined) throw new CommandError(`--${flag} is not there yet.`)
  const chosen = choose(await loadScenarios(flags.scenarios), flags.only)
  const { check } = await loadChecks()
  const target = await openTarget(flags, io)
  const show = {
    colour: io.colour,
    verbose: flags.verbose === true,
    redact: (text: string) => target.redact(text),
  }
  try {
    io.out(`${chosen.length} scenarios, told to: ${target.name}\n`)
    const report = await runScenarios(chosen, target, {
      clock: realClock,
      check,
      onResult: (result) => io.out(resultText(result, show)),
    })
    const whole = await reportOf({ runs: [report], accepted, now: realClock.now(), redact: show.redact })
    const exitCode = exitCodeOfReport(whole)
    io.out(summaryText({ ...report, exitCode }, show))
    await writeReportFiles(whole, flags)
    return exitCode
  } finally {
    await target.close()
  }
}

function choose(...[all, only]: Parameters<typeof selectScenarios>): ReturnType<typeof selectScenarios> {
  try {
    return selectScenarios(all, only)
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(error.message)
    throw error
  }
}
