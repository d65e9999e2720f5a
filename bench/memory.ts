import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { call, createJobs, jobsPage } from './lib/api.ts'
import type { BenchContext, Measure } from './lib/context.ts'
import { load } from './lib/load.ts'
import { residentMebibytes } from './lib/process-stats.ts'
import { atMost, type Row } from './lib/row.ts'
import { type Server, startProduct, startReference } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** Resident memory after the first answer, and after a hundred thousand. */
export const memory: Measure = { name: 'memory', goals: '7', run }

/** Long enough for the first garbage collections after the start; the same for both sides. */
const settling = ({ quick }: BenchContext): number => (quick ? 300 : 1_500)

async function run(context: BenchContext): Promise<Row[]> {
  const page = join(context.folder, 'memory.json')
  writeFileSync(page, '{"results":[]}')
  const candidates = {
    express: () => idle(context, () => startReference(context, 'bare-express.cjs', [page]), '/'),
    product: () => idle(context, () => startProduct(context), jobsPage),
  }
  const resident = await interleave(candidates, context.quick ? 1 : 3)
  const note = `${median(resident.product).toFixed(0)} MiB against ${median(resident.express).toFixed(0)} MiB`
  const measure = 'idle RSS after the first page / after the first answer of bare Express'
  return [
    { id: '7', measure, goal: atMost(1.3, 2), samples: ratios(resident.product, resident.express), note },
    await growthRow(context),
  ]
}

async function idle(context: BenchContext, start: () => Promise<Server>, path: string): Promise<number> {
  const server = await start()
  await call(server, 'GET', path)
  await pause(settling(context))
  const resident = residentMebibytes(server.pid)
  await server.stop()
  return resident
}

async function growthRow(context: BenchContext): Promise<Row> {
  const product = await startProduct(context)
  await createJobs(product, 40)
  await pause(settling(context))
  const before = residentMebibytes(product.pid)
  const target = context.quick ? 2_000 : 100_000
  let requests = 0
  while (requests < target)
    requests += (await load(context, product, { path: jobsPage, seconds: context.quick ? 1 : 2 })).requests
  await pause(settling(context))
  const after = residentMebibytes(product.pid)
  await product.stop()
  const note = `${before.toFixed(0)} MiB before, ${after.toFixed(0)} MiB after ${requests} pages of 25 jobs`
  return {
    id: '7b',
    measure: 'RSS after 100,000 requests minus idle',
    goal: atMost(64, 96, 'MiB'),
    samples: [after - before],
    note,
  }
}
