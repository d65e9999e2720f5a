import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { call, createJobs, jobsPage } from './lib/api.ts'
import { type BenchContext, type Measure, warmUpRounds } from './lib/context.ts'
import { load } from './lib/load.ts'
import { type PeerProgram, peerPrograms, startPeer } from './lib/peer-programs.ts'
import { cpuSeconds } from './lib/process-stats.ts'
import { atMost, type Row, skipped } from './lib/row.ts'
import { type Server, startProduct } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/**
 * Other mock servers with the same page of jobs. They are no dependencies of this project: whoever wants to compare
 * installs them into a folder and names it in BENCH_PEERS.
 */
export const peers: Measure = { name: 'peers', goals: '4, 6', run }

const perRequestGoal = atMost(0.1, 0.5)
const coldStartGoal = atMost(0.1, 0.25)

async function run(context: BenchContext): Promise<Row[]> {
  const installed = process.env.BENCH_PEERS ?? ''
  const page = await pageOfProduct(context)
  const rows: Row[] = []
  for (const peer of peerPrograms) {
    const script = join(installed, 'node_modules', peer.script)
    const start = () => startPeer(context, peer, script, mkdtempSync(join(context.folder, 'peer-')), page)
    rows.push(
      ...(installed !== '' && existsSync(script) ? await compare(context, peer, start) : absent(peer)),
    )
  }
  return rows
}

function absent(peer: PeerProgram): Row[] {
  const why = `not installed: npm install ${peer.install} in a folder named by BENCH_PEERS`
  return peer.goals.map((goal) =>
    goal === '4'
      ? skipped('4', perRequestMeasure(peer), perRequestGoal, why)
      : skipped('6', coldStartMeasure(peer), coldStartGoal, why),
  )
}

async function compare(
  context: BenchContext,
  peer: PeerProgram,
  start: () => Promise<Server>,
): Promise<Row[]> {
  const rows: Row[] = []
  if (peer.goals.includes('4')) rows.push(await perRequest(context, peer, start))
  if (peer.goals.includes('6')) rows.push(await coldStarts(context, peer, start))
  return rows
}

const perRequestMeasure = (peer: PeerProgram) => `page of 25 jobs, product / ${peer.name}, CPU`
const coldStartMeasure = (peer: PeerProgram) => `cold start, product / ${peer.name}, CPU`

async function perRequest(
  context: BenchContext,
  peer: PeerProgram,
  start: () => Promise<Server>,
): Promise<Row> {
  const [product, other] = [await startProduct(context, { pin: true }), await start()]
  await createJobs(product, 40)
  const slice = (server: Server, path: string) => async () =>
    (await load(context, server, { path, seconds: context.quick ? 1 : 2 })).cpuMicrosecondsPerRequest
  const candidates = { product: slice(product, jobsPage), peer: slice(other, peer.path) }
  await interleave(candidates, warmUpRounds(context))
  const cpu = await interleave(candidates, context.quick ? 1 : 3)
  await Promise.all([product, other].map((server) => server.stop()))
  const note = `µs CPU per request: ${median(cpu.product).toFixed(0)} against ${median(cpu.peer).toFixed(0)}`
  return {
    id: '4',
    measure: perRequestMeasure(peer),
    goal: perRequestGoal,
    samples: ratios(cpu.product, cpu.peer),
    note,
  }
}

async function coldStarts(
  context: BenchContext,
  peer: PeerProgram,
  start: () => Promise<Server>,
): Promise<Row> {
  const spent = (begin: () => Promise<Server>, path: string) => async () => {
    const server = await begin()
    await fetch(server.url + path, { headers: server.headers }).then((response) => response.arrayBuffer())
    const cpu = cpuSeconds(server.pid) * 1000
    await server.stop()
    return cpu
  }
  const product = spent(() => startProduct(context, { pin: true }), jobsPage)
  const candidates = { product, peer: spent(start, peer.path) }
  await interleave(candidates, warmUpRounds(context))
  const cpu = await interleave(candidates, context.quick ? 1 : 3)
  const note = `ms CPU to the first answer: ${median(cpu.product).toFixed(0)} against ${median(cpu.peer).toFixed(0)}`
  return {
    id: '6',
    measure: coldStartMeasure(peer),
    goal: coldStartGoal,
    samples: ratios(cpu.product, cpu.peer),
    note,
  }
}

async function pageOfProduct(context: BenchContext): Promise<{ results: object[] }> {
  const product = await startProduct(context)
  await createJobs(product, 40)
  const page = await call<{ results: object[] }>(product, 'GET', jobsPage)
  await product.stop()
  writeFileSync(join(context.folder, 'peers.json'), JSON.stringify(page))
  return page
}
