import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { call, createJobs, jobsPage } from './lib/api.ts'
import { type BenchContext, type Measure, warmUpRounds } from './lib/context.ts'
import { type LoadResult, load } from './lib/load.ts'
import { atLeast, atMost, type Row } from './lib/row.ts'
import { type Server, startProduct, startReference } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** The page of 25 jobs, with credentials, against servers that know nothing but the body of that page. */
export const listPage: Measure = { name: 'list-page', goals: '1, 3', run }

async function run(context: BenchContext): Promise<Row[]> {
  const product = await startProduct(context, { pin: true })
  await createJobs(product, 40)
  const page = join(context.folder, 'list-page.json')
  const body = JSON.stringify(await call(product, 'GET', jobsPage))
  writeFileSync(page, body)
  const bare = await startReference(context, 'bare-http.cjs', [page], true)
  const express = await startReference(context, 'bare-express.cjs', [page], true)
  const slice = (server: Server, path: string) => () =>
    load(context, server, { path, seconds: context.quick ? 1 : 2 })
  const candidates = {
    bare: slice(bare, '/'),
    express: slice(express, '/'),
    product: slice(product, jobsPage),
  }
  // Until the compiler has settled.
  await interleave(candidates, warmUpRounds(context))
  const results = await interleave(candidates, context.quick ? 1 : 7)
  await Promise.all([product, bare, express].map((server) => server.stop()))
  return rowsOf(results, body.length)
}

function rowsOf(results: Record<'bare' | 'express' | 'product', LoadResult[]>, bytes: number): Row[] {
  const cpu = (name: keyof typeof results) => results[name].map((slice) => slice.cpuMicrosecondsPerRequest)
  const p99 = (name: keyof typeof results) => results[name].map((slice) => slice.p99Milliseconds)
  const perRequest = `${bytes} B; µs CPU per request: ${describe(results, (slice) => slice.cpuMicrosecondsPerRequest)}; requests/s: ${describe(results, (slice) => slice.requestsPerSecond)}`
  const latency = `16 connections; p99 in ms: ${describe(results, (slice) => slice.p99Milliseconds, 1)}; p50: ${describe(results, (slice) => slice.p50Milliseconds, 1)}`
  return [
    {
      id: '1',
      measure: 'page of 25 jobs, bare node:http + JSON.stringify / product, CPU',
      goal: atLeast(1.5, 0.5),
      samples: ratios(cpu('bare'), cpu('product')),
      note: perRequest,
    },
    {
      id: '1b',
      measure: 'page of 25 jobs, bare Express / product, CPU',
      goal: null,
      samples: ratios(cpu('express'), cpu('product')),
      note: '',
    },
    {
      id: '3',
      measure: 'p99 of that page / p99 of bare node:http',
      goal: atMost(1.5, 5),
      samples: ratios(p99('product'), p99('bare')),
      note: latency,
    },
  ]
}

function describe(
  results: Record<string, LoadResult[]>,
  value: (slice: LoadResult) => number,
  digits = 0,
): string {
  return Object.entries(results)
    .map(([name, slices]) => `${name} ${median(slices.map(value)).toFixed(digits)}`)
    .join(', ')
}
