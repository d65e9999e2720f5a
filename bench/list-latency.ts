import { runChild } from './lib/children.ts'
import type { BenchContext, Measure } from './lib/context.ts'
import { atMost, type Goal, type Row } from './lib/row.ts'
import { median, ratios } from './lib/statistics.ts'
import type { ManyJobsOrder, ManyJobsStep, PageTimes } from './workers/many-jobs.ts'

/** The first and the last page of up to a million jobs, and what such a job takes in memory; all in one process. */
export const listLatency: Measure = { name: 'list-latency', goals: '17, 18', run }

async function run(context: BenchContext): Promise<Row[]> {
  const counts = context.quick ? [1_000, 5_000] : [1_000, 100_000, 1_000_000]
  const many = await manyJobs({ counts, commands: 'shared', run: false })
  const own = await manyJobs({ counts: counts.slice(0, 2), commands: 'own', run: false })
  const ended = await manyJobs({
    counts: [1_000, context.quick ? 2_000 : 20_000],
    commands: 'shared',
    run: true,
  })
  const amount = counts.at(-1)?.toLocaleString('en')
  return [
    latencyRow('17', `last / first page of ${amount} jobs`, many, ({ all }) => all),
    latencyRow('17b', 'the same, filtered by status', many, ({ filtered }) => filtered),
    memoryRow('18', 'memory per saved job, RSS', atMost(600, 900, 'B'), many),
    memoryRow('18b', 'memory per saved job with a command of its own, RSS', null, own),
    memoryRow('18c', 'memory per job that was run to its end, with its log, RSS', null, ended),
  ]
}

async function manyJobs(order: ManyJobsOrder): Promise<ManyJobsStep[]> {
  const worker = new URL('workers/many-jobs.ts', import.meta.url).pathname
  // The heap of a million jobs does not fit into Node's default on machines with little memory.
  const flags = ['--expose-gc', '--max-old-space-size=6144', '--import', import.meta.resolve('tsx')]
  return JSON.parse(
    await runChild(process.execPath, [...flags, worker, JSON.stringify(order)]),
  ) as ManyJobsStep[]
}

function latencyRow(
  id: string,
  measure: string,
  steps: readonly ManyJobsStep[],
  times: (step: ManyJobsStep) => PageTimes | null,
): Row {
  const measured = steps.flatMap((step) => {
    const pages = times(step)
    return pages === null ? [] : [{ count: step.count, ...pages }]
  })
  const largest = measured.at(-1)
  if (largest === undefined) throw new Error('no page was measured')
  const each = measured.map(
    ({ count, first, last, coldFirst, coldLast }) =>
      `${count.toLocaleString('en')} jobs: ${median(first).toFixed(1)} and ${median(last).toFixed(1)} (read for the first time ${coldFirst.toFixed(0)} and ${coldLast.toFixed(0)})`,
  )
  const note = `µs for first and last page through the exchange; ${each.join('; ')}`
  return { id, measure, goal: atMost(1.2, 2), samples: ratios(largest.last, largest.first), note }
}

function memoryRow(id: string, measure: string, goal: Goal | null, steps: readonly ManyJobsStep[]): Row {
  const [first, last] = [steps[0], steps.at(-1)]
  if (first === undefined || last === undefined) throw new Error('no memory was measured')
  const jobs = last.count - first.count
  const resident = (last.residentBytes - first.residentBytes) / jobs
  const heap = (last.heapBytes - first.heapBytes) / jobs
  const note = `${last.count.toLocaleString('en')} jobs, less the first ${first.count.toLocaleString('en')}; ${heap.toFixed(0)} B of heap; ${Math.round(last.createdPerSecond / 1000)}k made per second`
  return { id, measure, goal, unit: 'B', samples: [resident], note }
}
