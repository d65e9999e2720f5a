import { Command, InvalidArgumentError } from 'commander'
import { loadChecks } from '../harness/checks/load-checks.ts'
import { realClock } from '../harness/harness-clock.ts'
import { allDeviations } from '../harness/selfcheck/corpus.ts'
import { type SelfcheckParts, type SelfcheckReport, selfcheck } from '../harness/selfcheck/selfcheck.ts'
import { variations } from '../harness/selfcheck/variations.ts'
import { numbersOf, verdictOf } from '../harness/selfcheck/verdict.ts'
import { scenarios } from '../scenarios/index.ts'
import { bundledDescription } from './bundled-description.ts'
import type { Io } from './io.ts'

/** What is checked each time, with which seed, on which platforms. */
export interface Rounds extends AsyncDisposable {
  begin(seed: string): Promise<SelfcheckParts & AsyncDisposable>
}

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

/** Tests give other `rounds`. */
export const selfcheckCommand = (io: Io, rounds: () => Promise<Rounds> = wholeRounds): Command =>
  new Command('selfcheck')
    .description(
      'Checks the harness itself: a proxy seeds deviations into a platform behind TLS, one at a time, and it counts how many are found. Exit code 1 when one is missed, something harmless is reported, or it does not come to the same each time.',
    )
    .option('--times <number>', 'over and over, each time on a platform with another seed', count, 1)
    .option('--json', 'as JSON')
    .option('--verbose', 'name every deviation, and what was said of it')
    .action(async (flags: SelfcheckFlags) => io.setExitCode(await run(flags, io, rounds)))

async function run(
  { times, json, verbose }: SelfcheckFlags,
  io: Io,
  open: () => Promise<Rounds>,
): Promise<0 | 1> {
  const reports: SelfcheckReport[] = []
  await using rounds = await open()
  for (let time = 1; time <= times; time++) {
    await using parts = await rounds.begin(`selfcheck ${time}`)
    reports.push(await selfcheck(parts))
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

/** Everything, on second servers of our own. */
async function wholeRounds(): Promise<Rounds> {
  const [{ sharedMeans }, { platformsOfRound }] = await Promise.all([
    import('../harness/second-server/shared-means.ts'),
    import('../harness/second-server/platforms-of-round.ts'),
  ])
  const means = await sharedMeans()
  const { check } = await loadChecks()
  const deviations = allDeviations(await bundledDescription())
  return {
    begin: async (seed) => ({
      ...(await platformsOfRound(means, seed)),
      scenarios,
      run: { clock: realClock, check },
      deviations,
      variations,
    }),
    [Symbol.asyncDispose]: () => means[Symbol.asyncDispose](),
  }
}

const tableOf = (report: SelfcheckReport | undefined): string =>
  (report?.deviations ?? [])
    .map(
      ({ id, outcome, scenario, said }) =>
        `${outcome.padEnd(14)}  ${id}  ${scenario ?? ''}  ${said[0] ?? ''}\n`,
    )
    .join('')
