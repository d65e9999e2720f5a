import { createJobs, jobsPage } from './lib/api.ts'
import { type BenchContext, type Measure, warmUpRounds } from './lib/context.ts'
import { type LoadResult, load } from './lib/load.ts'
import { atLeast, type Row } from './lib/row.ts'
import { type Server, startProduct } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** What the journal, which is on by default, costs on the page of 25 jobs (issue 4: at most 10 % of requests/s). */
export const journal: Measure = { name: 'journal', goals: '23', run }

async function run(context: BenchContext): Promise<Row[]> {
  const off = await startProduct(context, { pin: true, args: ['--no-journal'] })
  const on = await startProduct(context, { pin: true })
  await Promise.all([off, on].map((server) => createJobs(server, 40)))
  const candidates = { off: slice(context, off), on: slice(context, on) }
  await interleave(candidates, warmUpRounds(context))
  const results = await interleave(candidates, context.quick ? 1 : 7)
  await Promise.all([off, on].map((server) => server.stop()))
  return rowsOf(results)
}

const slice = (context: BenchContext, server: Server) => () =>
  load(context, server, { path: jobsPage, seconds: context.quick ? 1 : 2 })

function rowsOf({ off, on }: Record<'off' | 'on', LoadResult[]>): Row[] {
  const perSecond = (slices: LoadResult[]) => slices.map(({ requestsPerSecond }) => requestsPerSecond)
  const cpu = (slices: LoadResult[]) =>
    slices.map(({ cpuMicrosecondsPerRequest }) => cpuMicrosecondsPerRequest)
  const rates = `requests/s: off ${median(perSecond(off)).toFixed(0)}, on ${median(perSecond(on)).toFixed(0)}`
  const times = `µs CPU per request: off ${median(cpu(off)).toFixed(1)}, on ${median(cpu(on)).toFixed(1)}`
  return [
    {
      id: '23',
      measure: 'page of 25 jobs with the journal / without, requests/s',
      goal: atLeast(0.9, 0.85),
      samples: ratios(perSecond(on), perSecond(off)),
      note: rates,
    },
    {
      id: '23 CPU',
      measure: 'the same without / with, CPU',
      goal: atLeast(0.9, 0.85),
      samples: ratios(cpu(off), cpu(on)),
      note: times,
    },
  ]
}
