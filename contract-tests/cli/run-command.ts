import { Command, Option } from 'commander'
import { loadChecks } from '../harness/checks/load-checks.ts'
import { realClock } from '../harness/harness-clock.ts'
import { type RunReport, runScenarios } from '../harness/run-report.ts'
import { selectScenarios } from '../harness/select-scenarios.ts'
import type { TargetKind } from '../harness/target.ts'
import { CommandError, type Io } from './io.ts'
import { loadScenarios } from './load-scenarios.ts'
import { openTarget } from './open-target.ts'
import { writeReportFiles } from './report-files.ts'
import { resultText, summaryText } from './terminal-report.ts'

export interface RunFlags {
  readonly target: TargetKind
  readonly url?: string
  readonly profile?: string
  readonly only: readonly string[]
  readonly scenarios: readonly string[]
  readonly record?: boolean
  readonly reportDir?: string
  readonly json?: string
  readonly junit?: string
  readonly sarif?: string
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
    .option('--verbose', 'name every body that was not checked, and why')
    .action(async (flags: RunFlags) => {
      const report = await run(flags, io)
      io.setExitCode(report.exitCode)
    })
}

async function run(flags: RunFlags, io: Io): Promise<RunReport> {
  for (const flag of ['record', 'junit', 'sarif'] as const)
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
    io.out(summaryText(report, show))
    await writeReportFiles(report, flags, show.redact)
    return report
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
