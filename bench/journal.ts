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
  const product = await startProduct(context, { pin: true })
  await createJobs(product, 40)
  const polled = await measured(context, product, 1)
  const fresh = await measured(context, product, VARIETY)
  await product.stop()
  return [...rowsOf(polled), freshRow(fresh), await growthRow(context)]
}

/** Request lines in turn: more than anybody remembers an answer of. */
const VARIETY = 500

type Results = Record<'off' | 'on', LoadResult[]>

/** One process whose journal is switched: two of them differ by as much as a tenth even where they do the same. */
async function measured(context: BenchContext, product: Server, variety: number): Promise<Results> {
  const slice = (isOn: boolean) => async () => {
    await call(product, 'PUT', '/_mock/journal/', { isOn })
    return load(context, product, { path: jobsPage, seconds: context.quick ? 1 : 2, variety })
  }
  const candidates = { off: slice(false), on: slice(true) }
  await interleave(candidates, warmUpRounds(context))
  return interleave(candidates, context.quick ? 1 : 9)
}

/** Long enough for a garbage collection after the load. Milliseconds. */
const settling = ({ quick }: BenchContext): number => (quick ? 300 : 1_500)

/** Requests with the journal on, then resets of the world, which empty it; a tenth of both before, as after some use. */
async function growthRow(context: BenchContext): Promise<Row> {
  const product = await startProduct(context)
  const [requests, resets] = context.quick ? [2_000, 20] : [100_000, 1_000]
  const resident = async (): Promise<number> => {
    await pause(settling(context))
    return residentMebibytes(product.pid)
  }
  await createJobs(product, 40)
  await requestAtLeast(context, product, requests / 10)
  await resetWorld(product, resets / 10)
  await createJobs(product, 40)
  const before = await resident()
  const requested = await requestAtLeast(context, product, requests)
  const loaded = await resident()
  await resetWorld(product, resets)
  const after = await resident()
  await product.stop()
  return {
    id: '29 RSS',
    measure: 'RSS after 100,000 requests and 1,000 resets, minus before',
    goal: atMost(20, 32, 'MiB'),
    samples: [Math.max(loaded, after) - before],
    note: `${before.toFixed(0)} MiB after a tenth of both, ${loaded.toFixed(0)} after ${requested} pages of 25 jobs, ${after.toFixed(0)} after ${resets} resets`,
  }
}

/** How many pages of jobs were asked for: at least as many as wanted. */
async function requestAtLeast(context: BenchContext, product: Server, wanted: number): Promise<number> {
  let requests = 0
  while (requests < wanted)
    requests += (await load(context, product, { path: jobsPage, seconds: 1 })).requests
  return requests
}

async function resetWorld(product: Server, times: number): Promise<void> {
  for (let reset = 0; reset < times; reset += 1) await call(product, 'POST', '/_mock/world/reset/')
}

const perSecond = (slices: LoadResult[]) => slices.map(({ requestsPerSecond }) => requestsPerSecond)
const cpu = (slices: LoadResult[]) => slices.map((slice) => slice.cpuMicrosecondsPerRequest)

const cpuNote = ({ off, on }: Results): string =>
  `µs CPU per request: off ${median(cpu(off)).toFixed(1)}, on ${median(cpu(on)).toFixed(1)}`

const freshRow = ({ off, on }: Results): Row => ({
  id: '29b',
  measure: 'the same of answers that nobody has just got, CPU',
  goal: null,
  samples: ratios(cpu(off), cpu(on)),
  note: cpuNote({ off, on }),
})

function rowsOf({ off, on }: Results): Row[] {
  const rates = `requests/s: off ${median(perSecond(off)).toFixed(0)}, on ${median(perSecond(on)).toFixed(0)}`
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
      note: cpuNote({ off, on }),
    },
  ]
}
