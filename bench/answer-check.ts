import { createJobs, jobsPage } from './lib/api.ts'
import { type BenchContext, type Measure, warmUpRounds } from './lib/context.ts'
import { load } from './lib/load.ts'
import { atMost, type Row } from './lib/row.ts'
import { type Server, startProduct } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** What it costs to compare every answer with the description. */
export const answerCheck: Measure = { name: 'answer-check', goals: '21', run }

async function run(context: BenchContext): Promise<Row[]> {
  const off = await startProduct(context, { pin: true })
  const on = await startProduct(context, { pin: true, args: ['--check-answers'] })
  await Promise.all([off, on].map((server) => createJobs(server, 40)))
  const again = { off: slice(context, off), on: slice(context, on) }
  const fresh = { off: slice(context, off, VARIETY), on: slice(context, on, VARIETY) }
  const rows = [
    { ...(await measured(context, again)), id: '21', goal: atMost(1.1, 1.15) },
    { ...(await measured(context, fresh)), id: '21b', goal: null },
  ]
  await Promise.all([off, on].map((server) => server.stop()))
  const measure = 'page of 25 jobs with --check-answers / without, CPU'
  return rows.map((row) => ({
    ...row,
    measure: row.id === '21' ? measure : 'the same, of answers that the checker has not just seen',
  }))
}

/** More than the checker remembers, fewer than the request lines that the server does. */
const VARIETY = 500

async function measured(
  context: BenchContext,
  candidates: Record<'off' | 'on', () => Promise<number>>,
): Promise<Pick<Row, 'samples' | 'note'>> {
  await interleave(candidates, warmUpRounds(context))
  const { off, on } = await interleave(candidates, context.quick ? 1 : 5)
  const added = (median(on) - median(off)).toFixed(0)
  const note = `µs CPU per page of 25 jobs: off ${median(off).toFixed(0)}, on ${median(on).toFixed(0)}: ${added} more`
  return { samples: ratios(on, off), note }
}

const slice =
  (context: BenchContext, server: Server, variety = 1) =>
  async () =>
    (await load(context, server, { path: jobsPage, seconds: context.quick ? 1 : 2, variety }))
      .cpuMicrosecondsPerRequest
