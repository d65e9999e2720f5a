import type { DescribedBodies } from '../naming/described-bodies.ts'
import {
  CASSETTE_FORMAT,
  CASSETTE_VERSION,
  type Cassette,
  type RecordedFrom,
  RULES_VERSION,
  sealed,
} from './cassette.ts'
import type { ReadJournal } from './journal.ts'
import type { RecordedRun } from './recorder.ts'
import { learnVolatility } from './volatility.ts'

export interface CompactOptions {
  readonly scenario: string
  /** Of the first run, which is the one that is kept. */
  readonly begunAt: string
  readonly marker: string
  readonly from: RecordedFrom
  readonly note: string
  readonly bodies: Pick<DescribedBodies, 'hash'>
  readonly version: string
}

/** Makes a recording of one or more tellings of a scenario: the first is kept, the others tell what is volatile. */
export function compact(runs: readonly [RecordedRun, ...RecordedRun[]], options: CompactOptions): Cassette {
  const { scenario, begunAt, marker, from, note, bodies, version } = options
  const [kept, ...others] = runs
  return sealed({
    format: CASSETTE_FORMAT,
    version: CASSETTE_VERSION,
    scenario,
    recorded: {
      at: begunAt,
      from,
      note,
      runs: runs.length,
      by: `localscale ${version}`,
      description: bodies.hash,
      rules: RULES_VERSION,
    },
    marker,
    names: kept.names,
    volatile: others.flatMap((other) => learnVolatility(kept.exchanges, other.exchanges)),
    exchanges: kept.exchanges,
  })
}

/** What a crash has left of a run. */
export function runOfJournal({ entries }: ReadJournal): RecordedRun {
  const names = Object.assign({}, ...entries.map((entry) => entry.names)) as RecordedRun['names']
  const exchanges = entries.map(({ exchange }) => exchange).sort((one, other) => one.seq - other.seq)
  return { exchanges, names }
}
