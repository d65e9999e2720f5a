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
  const candidates = { off: slice(context, off), on: slice(context, on) }
  await interleave(candidates, warmUpRounds(context))
  const cpu = await interleave(candidates, context.quick ? 1 : 5)
  await Promise.all([off, on].map((server) => server.stop()))
  const added = median(cpu.on) - median(cpu.off)
  const note = `µs CPU per page of 25 jobs: off ${median(cpu.off).toFixed(0)}, on ${median(cpu.on).toFixed(0)}: ${added.toFixed(0)} more`
  const measure = 'page of 25 jobs with --check-answers / without, CPU'
  return [{ id: '21', measure, goal: atMost(1.1, 1.15), samples: ratios(cpu.on, cpu.off), note }]
}

const slice = (context: BenchContext, server: Server) => async () =>
  (await load(context, server, { path: jobsPage, seconds: context.quick ? 1 : 2 })).cpuMicrosecondsPerRequest
