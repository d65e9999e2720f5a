import { setTimeout as pause } from 'node:timers/promises'
import { call, createJobs, jobsPage } from './lib/api.ts'
import { type BenchContext, type Measure, warmUpRounds } from './lib/context.ts'
import { type LoadResult, load } from './lib/load.ts'
import { residentMebibytes } from './lib/process-stats.ts'
import { atLeast, atMost, type Row } from './lib/row.ts'
import { type Server, startProduct } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** What the journal, which is on by default, costs on the page of 25 jobs (issue 4: at most 10 % of requests/s). */
export const journal: Measure = { name: 'journal', goals: '29', run }

async function run(context: BenchContext): Promise<Row[]> {
  const off = await startProduct(context, { pin: true, args: ['--no-journal'] })
  const on = await startProduct(context, { pin: true })
  await Promise.all([off, on].map((server) => createJobs(server, 40)))
  const candidates = { off: slice(context, off), on: slice(context, on) }
  await interleave(candidates, warmUpRounds(context))
  const results = await interleave(candidates, context.quick ? 1 : 7)
  await Promise.all([off, on].map((server) => server.stop()))
  return [...rowsOf(results), await growthRow(context)]
}

/** Long enough for a garbage collection after the load. Milliseconds. */
const settling = ({ quick }: BenchContext): number => (quick ? 300 : 1_500)

/** Requests with the journal on, then resets of the world, which empty it. */
async function growthRow(context: BenchContext): Promise<Row> {
  const product = await startProduct(context)
  await createJobs(product, 40)
  // The first load makes the compiler's code and the heap's first pages, whatever is written down.
  await load(context, product, { path: jobsPage, seconds: 1 })
  await pause(settling(context))
  const before = residentMebibytes(product.pid)
  const [wanted, resets] = context.quick ? [2_000, 20] : [100_000, 1_000]
  let requests = 0
  while (requests < wanted)
    requests += (await load(context, product, { path: jobsPage, seconds: 2 })).requests
  await pause(settling(context))
  const loaded = residentMebibytes(product.pid)
  for (let reset = 0; reset < resets; reset += 1) await call(product, 'POST', '/_mock/world/reset/')
  await pause(settling(context))
  const after = residentMebibytes(product.pid)
  await product.stop()
  return {
    id: '29 RSS',
    measure: 'RSS after 100,000 requests and 1,000 resets, minus before',
    goal: atMost(20, 32, 'MiB'),
    samples: [Math.max(loaded, after) - before],
    note: `${before.toFixed(0)} MiB before, ${loaded.toFixed(0)} after ${requests} pages of 25 jobs, ${after.toFixed(0)} after ${resets} resets`,
  }
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
      id: '29',
      measure: 'page of 25 jobs with the journal / without, requests/s',
      goal: atLeast(0.9, 0.85),
      samples: ratios(perSecond(on), perSecond(off)),
      note: rates,
    },
    {
      id: '29 CPU',
      measure: 'the same without / with, CPU',
      goal: atLeast(0.9, 0.85),
      samples: ratios(cpu(off), cpu(on)),
      note: times,
    },
  ]
}
