import { runChild } from './lib/children.ts'
import type { BenchContext, Measure } from './lib/context.ts'
import { atMost, type Row } from './lib/row.ts'
import { median } from './lib/statistics.ts'
import type { AdvanceOrder, AdvanceRound } from './workers/advance-time.ts'

/** A thousand jobs from submit to the end of their clusters, in one move of time (issue 4: under 100 ms). */
export const advanceTime: Measure = { name: 'advance-time', goals: '30', run }

const jobs = 1_000
/** Until the compiler has settled. */
const warmUp = 3

async function run(context: BenchContext): Promise<Row[]> {
  const rounds = await advanced({ jobs, rounds: context.quick ? warmUp + 1 : warmUp + 7 })
  const [first, ...rest] = rounds
  const counted = rest.slice(warmUp - 1)
  const cpu = median(counted.map(({ cpuMilliseconds }) => cpuMilliseconds)).toFixed(0)
  const transitions = first?.transitions.toLocaleString('en')
  return [
    {
      id: '30',
      measure: 'advancing over 1,000 jobs, from submit to the end of their clusters',
      goal: atMost(100, 200, 'ms'),
      samples: counted.map(({ milliseconds }) => milliseconds),
      note: `${transitions} transitions, with simulated commands, logs and files; CPU ${cpu} ms; first time in a new process ${first?.milliseconds.toFixed(0)} ms`,
    },
  ]
}

async function advanced(order: AdvanceOrder): Promise<AdvanceRound[]> {
  const worker = new URL('workers/advance-time.ts', import.meta.url).pathname
  const flags = ['--import', import.meta.resolve('tsx')]
  const output = await runChild(process.execPath, [...flags, worker, JSON.stringify(order)])
  return JSON.parse(output) as AdvanceRound[]
}
