import { writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { jobsPage } from './lib/api.ts'
import { type BenchContext, type Measure, warmUpRounds } from './lib/context.ts'
import { cpuSeconds } from './lib/process-stats.ts'
import { atMost, type Row } from './lib/row.ts'
import { type Server, startProduct, startReference } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

interface ColdStart {
  readonly milliseconds: number
  readonly cpuMilliseconds: number
}

/** From the start of the process to its first 200, each side pinned to core 0. */
export const coldStart: Measure = { name: 'cold-start', goals: '5', run }

const goal = atMost(1, 1.5)

async function run(context: BenchContext): Promise<Row[]> {
  const page = join(context.folder, 'cold-start.json')
  writeFileSync(page, '{"results":[]}')
  const product = () => startProduct(context, { pin: true })
  const candidates = {
    express: () => startUntil200(() => startReference(context, 'bare-express.cjs', [page], true), '/'),
    first: () => startUntil200(product, '/api/v2/users/me/'),
    jobs: () => startUntil200(product, jobsPage),
  }
  // The first starts read the programs from the disk.
  await interleave(candidates, warmUpRounds(context))
  const results = await interleave(candidates, context.quick ? 2 : 15)
  return [
    ...rows(
      '5',
      'cold start to the first 200 (users/me) / one-route Express',
      results.first,
      results.express,
    ),
    ...rows('5b', 'cold start to the first page of jobs / one-route Express', results.jobs, results.express),
  ]
}

function rows(id: string, measure: string, product: ColdStart[], express: ColdStart[]): Row[] {
  const wall = (start: ColdStart) => start.milliseconds
  const cpu = (start: ColdStart) => start.cpuMilliseconds
  return [
    row(`${id} wall`, measure, product.map(wall), express.map(wall)),
    row(`${id} CPU`, measure, product.map(cpu), express.map(cpu)),
  ]
}

function row(id: string, measure: string, product: number[], express: number[]): Row {
  const note = `${median(product).toFixed(0)} ms against ${median(express).toFixed(0)} ms`
  return { id, measure, goal, samples: ratios(product, express), note }
}

async function startUntil200(start: () => Promise<Server>, path: string): Promise<ColdStart> {
  const begin = performance.now()
  const server = await start()
  await expect200(server, path)
  const milliseconds = performance.now() - begin
  const cpuMilliseconds = cpuSeconds(server.pid) * 1000
  await server.stop()
  return { milliseconds, cpuMilliseconds }
}

/** Through node:http: the first `fetch` of a process loads undici, and would count as the server's time. */
function expect200(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(server.url + path, { headers: server.headers, agent: false }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`the first answer to ${path} was ${response.statusCode}`))
      })
    })
    request.on('error', reject)
  })
}
