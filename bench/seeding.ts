import { runChild } from './lib/children.ts'
import type { BenchContext, Measure } from './lib/context.ts'
import { atMost, type Row } from './lib/row.ts'
import { median } from './lib/statistics.ts'
import type { SeedingFound, SeedingOrder } from './workers/seeding.ts'

/** Seeds of 1,000 jobs and 10,000 files: one that comes for the first time, and one that comes before each test. */
export const seeding: Measure = { name: 'seeding', goals: '31', run }

/** Rounds that do not count: a test suite has more tests than it takes until the code is compiled. */
const WARM_UP = 10

const what = 'a seed of 1,000 jobs and 10,000 files'

async function run(context: BenchContext): Promise<Row[]> {
  const order: SeedingOrder = context.quick
    ? { jobs: 100, firsts: 2, rounds: 16 }
    : { jobs: 1_000, firsts: 7, rounds: 40 }
  const { first, again, reset, alike, http, httpFirst, disk, diskFirst, bodyBytes } = await found(order)
  const [firstEver = 0, ...others] = first
  const body = `${(bodyBytes / 1e6).toFixed(1)} MB of body`
  return [
    {
      id: '31 seed again',
      measure: `${what}, after a reset, that was seeded before`,
      goal: atMost(5, 10, 'ms'),
      samples: again.slice(WARM_UP),
      note: `the same value; another one that says the same ${median(alike.slice(WARM_UP)).toFixed(1)} ms; the reset before it ${median(reset.slice(WARM_UP)).toFixed(1)} ms; first time in a new process ${again[0]?.toFixed(1)} ms`,
    },
    {
      id: '31 seed first',
      measure: `${what} for the first time`,
      goal: null,
      unit: 'ms',
      samples: others,
      note: `first time in a new process ${firstEver.toFixed(0)} ms`,
    },
    {
      id: '31 seed HTTP',
      measure: `${what} again, over HTTP`,
      goal: null,
      unit: 'ms',
      samples: http.slice(WARM_UP),
      note: `${body}, sent by the same process; ${httpFirst.toFixed(0)} ms when it comes for the first time`,
    },
    {
      id: '31 seed disk',
      measure: `${what} again, with a data folder`,
      goal: null,
      unit: 'ms',
      samples: disk.slice(1),
      note: `until it is on the disk; ${diskFirst.toFixed(0)} ms when it comes for the first time`,
    },
  ]
}

async function found(order: SeedingOrder): Promise<SeedingFound> {
  const worker = new URL('workers/seeding.ts', import.meta.url).pathname
  const flags = ['--import', import.meta.resolve('tsx')]
  return JSON.parse(
    await runChild(process.execPath, [...flags, worker, JSON.stringify(order)]),
  ) as SeedingFound
}
