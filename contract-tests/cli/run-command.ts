import { Command, Option } from 'commander'
import { loadChecks } from '../harness/checks/load-checks.ts'
import { realClock } from '../harness/harness-clock.ts'
import { exitCodeOfReport } from '../harness/reports/contract-report.ts'
import { type RunReport, runScenarios } from '../harness/run-report.ts'
import type { Scenario } from '../harness/scenario.ts'
import { selectScenarios } from '../harness/select-scenarios.ts'
import { type Target, type TargetKind, targetKinds } from '../harness/target.ts'
import { acceptedIn } from './accepted-file.ts'
import { CommandError, type Io } from './io.ts'
import { type LiveFlags, withLiveFlags } from './live-flags.ts'
import { loadScenarios } from './load-scenarios.ts'
import { openTarget } from './open-target.ts'
import { type ReportFlags, withReportFlags, writeReportFiles } from './report-files.ts'
import { reportOf } from './report-of.ts'
import { resultText, summaryText } from './terminal-report.ts'

export interface RunFlags extends ReportFlags, LiveFlags {
  readonly target: TargetKind
  readonly url?: string
  readonly only: readonly string[]
  readonly scenarios: readonly string[]
  readonly accepted?: string
  readonly verbose?: boolean
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value]

export function runCommand(io: Io): Command {
  const target = new Option('--target <kind>', 'what to tell the suite to')
    .choices(targetKinds)
    .default('mock')
  const command = new Command('run')
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
    .option('--verbose', 'name every body that was not checked, and why')
  return withReportFlags(withLiveFlags(command)).action(async (flags: RunFlags) => {
    io.setExitCode(await run(flags, io))
  })
}

async function run(flags: RunFlags, io: Io): Promise<0 | 1 | 2> {
  const accepted = await acceptedIn(flags.accepted)
  // Nothing is ever recorded implicitly, and nothing but a real platform is worth it.
  if (flags.record && flags.target !== 'live') throw new CommandError('--record needs --target live.')
  const chosen = selectScenarios(await loadScenarios(flags.scenarios), flags.only)
  const { check } = await loadChecks()
  const target = await openTarget(flags, io)
  const show = {
    colour: io.colour,
    verbose: flags.verbose === true,
    redact: (text: string) => target.redact(text),
  }
  try {
    refuseTellingNames(chosen, target)
    io.out(`${chosen.length} scenarios, told to: ${target.name}\n`)
    const report = await runScenarios(chosen, target, {
      clock: realClock,
      check,
      onResult: (result) => io.out(resultText(result, show)),
    })
    const lost = flags.record ? await tellAgain(chosen, report, target, io) : 0
    const whole = await reportOf({
      runs: [report],
      accepted,
      recordings: target.recordings ?? [],
      now: realClock.now(),
      redact: show.redact,
    })
    const exitCode = exitCodeOfReport(whole) || (lost > 0 ? 2 : 0)
    io.out(summaryText({ ...report, exitCode }, whole, show))
    await writeReportFiles(whole, flags)
    return exitCode
  } finally {
    await target.close()
  }
}

/** Recordings and their journals are files of that name, and every report names what was told. */
function refuseTellingNames(chosen: readonly Scenario[], target: Target): void {
  const names = chosen.flatMap(({ id, title }) => [id, title])
  if (names.some((name) => target.redact(name) !== name))
    throw new CommandError(
      'the id or the title of a scenario holds a secret, or what looks like one: nothing was told. Name it otherwise.',
    )
}

/**
 * A second telling, only to learn what is another one each time: recordings are written when it is over. Gives how many
 * were not.
 */
async function tellAgain(
  chosen: readonly Scenario[],
  report: RunReport,
  target: Target,
  io: Io,
): Promise<number> {
  const passed = new Set(report.results.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id))
  const again = await runScenarios(
    chosen.filter(({ id }) => passed.has(id)),
    target,
    { clock: realClock, check: () => [] },
  )
  const lost = again.results.filter(({ outcome }) => outcome !== 'passed')
  for (const { id, failure, reason } of lost) {
    io.err(
      target.redact(
        `${id} was not recorded: told a second time, it ended otherwise (${failure ?? reason?.text}).\n`,
      ),
    )
  }
  io.out(`${again.results.length - lost.length} recordings written.\n`)
  return lost.length
}
