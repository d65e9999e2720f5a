import { Command, InvalidArgumentError } from 'commander'
import { sharedCatalogues } from '../../mock-server/index.ts'
import { loadChecks } from '../harness/checks/load-checks.ts'
import { realClock } from '../harness/harness-clock.ts'
import { allDeviations } from '../harness/selfcheck/corpus.ts'
import type { Variation } from '../harness/selfcheck/deviation.ts'
import { allPlatformVariations } from '../harness/selfcheck/platform-variations.ts'
import { type SelfcheckReport, selfcheck } from '../harness/selfcheck/selfcheck.ts'
import { allVariations, variations } from '../harness/selfcheck/variations.ts'
import { numbersOf, verdictOf } from '../harness/selfcheck/verdict.ts'
import { mockTarget } from '../harness/targets/mock-target.ts'
import { scenarios } from '../scenarios/index.ts'
import { bundledDescription } from './bundled-description.ts'
import type { Io } from './io.ts'

/** From the second time on. */
const allTogether = [allVariations, allPlatformVariations]

interface SelfcheckFlags {
  readonly times: number
  readonly json?: boolean
  readonly verbose?: boolean
}

function count(text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < 1) throw new InvalidArgumentError('How often is a number from 1 on.')
  return number
}

export const selfcheckCommand = (io: Io): Command =>
  new Command('selfcheck')
    .description(
      'Checks the harness itself: seeds deviations into a platform, one at a time, and counts how many are found. Exit code 1 when one is missed, or something harmless is reported.',
    )
    .option('--times <number>', 'over and over, each time on a platform with another seed', count, 1)
    .option('--json', 'as JSON')
    .option('--verbose', 'name every deviation, and what was said of it')
    .action(async (flags: SelfcheckFlags) => io.setExitCode(await run(flags, io)))

async function run({ times, json, verbose }: SelfcheckFlags, io: Io): Promise<0 | 1> {
  const reports: SelfcheckReport[] = []
  for (let time = 1; time <= times; time++) {
    reports.push(await once(`selfcheck ${time}`, time === 1 ? variations : allTogether))
    if (times > 1) io.err(`selfcheck ${time} of ${times}: ${numbersOf(reports.at(-1))}\n`)
  }
  const verdict = verdictOf(reports)
  if (json) io.out(`${JSON.stringify({ ...verdict, reports }, null, 2)}\n`)
  else {
    if (verbose) io.out(tableOf(reports[0]))
    io.out([...verdict.problems.map((problem) => `✗ ${problem}`), verdict.text, ''].join('\n'))
  }
  return verdict.problems.length === 0 ? 0 : 1
}

async function once(seed: string, harmless: readonly Variation[]): Promise<SelfcheckReport> {
  const { check } = await loadChecks()
  const catalogue = sharedCatalogues()
  return selfcheck({
    scenarios,
    openTarget: async (options) =>
      mockTarget({ catalogue, seed: options ? `${seed}, ${options.seed}` : seed }),
    run: { clock: realClock, check },
    deviations: allDeviations(await bundledDescription()),
    variations: harmless,
  })
}

const tableOf = (report: SelfcheckReport | undefined): string =>
  (report?.deviations ?? [])
    .map(
      ({ id, outcome, scenario, said }) =>
        `${outcome.padEnd(14)}  ${id}  ${scenario ?? ''}  ${said[0] ?? ''}\n`,
    )
    .join('')
