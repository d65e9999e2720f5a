import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { call, createJobs } from './lib/api.ts'
import { type BenchContext, type Measure, warmUpRounds } from './lib/context.ts'
import { load } from './lib/load.ts'
import { atLeast, type Row } from './lib/row.ts'
import { type Server, startProduct, startReference } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** Other GET routes with a JSON body, each against bare Express that answers the same body. */
export const routes: Measure = { name: 'routes', goals: '2', run }

/** A finished job of the catalogue, the one that the tutorial reads. */
const finishedJob = '/api/v2/jobs/ObMcJc/'

const paths = [
  '/api/v2/users/me/',
  '/api/v2/coretypes/',
  '/api/v2/billing/computeprices/',
  '/api/v2/analyses/?page_size=25',
  '/api/v2/analyses/user_included/',
  '/api/v2/files/?page_size=25',
  finishedJob,
  `${finishedJob}statuses/`,
  `${finishedJob}files/`,
  `${finishedJob}runs/`,
] as const

interface RouteResult {
  readonly path: string
  readonly bytes: number
  readonly ratios: readonly number[]
  readonly microseconds: number
}

async function run(context: BenchContext): Promise<Row[]> {
  const product = await startProduct(context, { pin: true })
  await createJobs(product, 40)
  const results: RouteResult[] = []
  for (const path of context.quick ? paths.slice(0, 2) : paths) {
    results.push(await measureRoute(context, product, path))
  }
  await product.stop()
  return [rowOf(results)]
}

async function measureRoute(context: BenchContext, product: Server, path: string): Promise<RouteResult> {
  const body = join(context.folder, 'route.json')
  const text = JSON.stringify(await call(product, 'GET', path))
  writeFileSync(body, text)
  const express = await startReference(context, 'bare-express.cjs', [body], true)
  const slice = (server: Server, target: string) => async () =>
    (await load(context, server, { path: target, seconds: 1 })).cpuMicrosecondsPerRequest
  const candidates = { express: slice(express, '/'), product: slice(product, path) }
  await interleave(candidates, warmUpRounds(context))
  const cpu = await interleave(candidates, context.quick ? 1 : 3)
  await express.stop()
  const result = {
    path,
    bytes: text.length,
    ratios: ratios(cpu.express, cpu.product),
    microseconds: median(cpu.product),
  }
  context.say(`  ${path} ${median(result.ratios).toFixed(2)}x, ${result.microseconds.toFixed(0)} µs`)
  return result
}

/** The slowest route stands for all. */
function rowOf(results: readonly RouteResult[]): Row {
  const [worst] = [...results].sort((a, b) => median(a.ratios) - median(b.ratios))
  if (worst === undefined) throw new Error('no route was measured')
  const each = results.map(
    ({ path, bytes, ratios, microseconds }) =>
      `${path.replace('/api/v2/', '')} ${median(ratios).toFixed(2)}x (${bytes} B, ${microseconds.toFixed(0)} µs)`,
  )
  return {
    id: '2',
    measure: `other GET routes, bare Express res.json / product, CPU; slowest of ${results.length}`,
    goal: atLeast(1, 0.75),
    samples: worst.ratios,
    note: each.join('; '),
  }
}
