import { runChild } from './lib/children.ts'
import type { BenchContext, Measure } from './lib/context.ts'
import { atMost, type Row } from './lib/row.ts'
import { median } from './lib/statistics.ts'
import type { WorldsFound, WorldsOrder } from './workers/worlds.ts'

/** Worlds of 1,000 jobs and 10,000 files as a whole; what lasts; and what a commit to the disk costs. */
export const worlds: Measure = { name: 'worlds', goals: '31, 32, 33', run }

async function run(context: BenchContext): Promise<Row[]> {
  const order: WorldsOrder = context.quick
    ? { jobs: 100, rounds: 4, requests: 2_000, resets: 20, commits: 50 }
    : { jobs: 1_000, rounds: 12, requests: 100_000, resets: 1_000, commits: 500 }
  const { times, growth, durable } = await found(order)
  return [
    ...Object.entries(times).map(([name, milliseconds]) => ({
      id: `31 ${name}`,
      measure: `${name} of a world with 1,000 jobs and 10,000 files`,
      goal: atMost(5, 10, 'ms'),
      samples: milliseconds.slice(3),
      note: `first time in a new process ${milliseconds[0]?.toFixed(1)} ms`,
    })),
    {
      id: '32',
      measure: 'RSS after 100,000 requests and 1,000 resets, growth',
      goal: atMost(20, 20, 'MiB'),
      samples: [growth],
      note: 'in process, after a fifth of it for warming up, garbage collected',
    },
    {
      id: '33',
      measure: 'a change by one client, with a data folder',
      goal: null,
      unit: 'ms',
      samples: durable.one,
      note: `until the answer, one after the other; in memory ${median(durable.memory).toFixed(2)} ms; 16 at once ${median(durable.many).toFixed(2)} ms each`,
    },
  ]
}

async function found(order: WorldsOrder): Promise<WorldsFound> {
  const worker = new URL('workers/worlds.ts', import.meta.url).pathname
  const flags = ['--expose-gc', '--import', import.meta.resolve('tsx')]
  return JSON.parse(
    await runChild(process.execPath, [...flags, worker, JSON.stringify(order)]),
  ) as WorldsFound
}
