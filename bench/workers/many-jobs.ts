import { loadCatalogue } from '../../mock-server/catalogue/load-catalogue.ts'
import { createRescale, type Rescale } from '../../mock-server/rescale.ts'
import { median } from '../lib/statistics.ts'

/** How many jobs to make, and where on the way to stop and measure. */
export interface ManyJobsOrder {
  readonly counts: readonly number[]
  /** Jobs of a parameter study share a handful of definitions; jobs made by hand each have their own command. */
  readonly commands: 'shared' | 'own'
  /** Whether every job is submitted and run to its end, or only every sixth submitted and none run. */
  readonly run: boolean
}

/** Microseconds per page of 25 jobs through the exchange: credentials, routing, query, rows as JSON. */
export interface PageTimes {
  /** The same two pages again and again. */
  readonly first: readonly number[]
  readonly last: readonly number[]
  /** Two hundred pages from each end, each read for the first time. */
  readonly coldFirst: number
  readonly coldLast: number
}

export interface ManyJobsStep {
  readonly count: number
  /** After a garbage collection. */
  readonly residentBytes: number
  readonly heapBytes: number
  readonly createdPerSecond: number
  readonly all: PageTimes
  /** Those with one status, which is every sixth. */
  readonly filtered: PageTimes | null
}

const pageSize = 25
const rounds = 15
const callsPerRound = 200

async function main(order: ManyJobsOrder): Promise<ManyJobsStep[]> {
  const rescale = createRescale({ pace: 'still' })
  const catalogue = await loadCatalogue('localscale')
  const { platform } = rescale.world()
  const steps: ManyJobsStep[] = []
  let made = 0
  for (const count of order.counts) {
    const [begin, from] = [performance.now(), made]
    for (; made < count; made += 1) {
      const job = platform.createJob(draft(order, made), catalogue)
      if (order.run || made % 6 === 0) platform.submitJob(job.id)
    }
    if (order.run) platform.settle()
    const createdPerSecond = ((made - from) * 1000) / (performance.now() - begin)
    steps.push({ count, ...memory(), createdPerSecond, ...(await pageTimes(rescale, order)) })
  }
  await rescale.close()
  return steps
}

function draft({ commands }: ManyJobsOrder, index: number) {
  const variant = commands === 'own' ? index : index % 16
  return {
    name: `Job ${index} of a study`,
    jobanalyses: [
      {
        analysis: { code: 'user_included', version: '0' },
        command: `python calculate_pi.py --terms ${variant}`,
        hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
      },
    ],
  }
}

function memory() {
  for (let pass = 0; pass < 3; pass += 1) globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { residentBytes: rss, heapBytes: heapUsed + external }
}

async function pageTimes(rescale: Rescale, order: ManyJobsOrder) {
  const all = await timesOf(rescale, '/api/v2/jobs/')
  return { all, filtered: order.run ? null : await timesOf(rescale, '/api/v2/jobs/?job_status=PENDING') }
}

async function timesOf(rescale: Rescale, list: string): Promise<PageTimes> {
  const pages = Math.ceil((await countOf(rescale, list)) / pageSize)
  const distinct = Math.min(callsPerRound, Math.floor(pages / 2))
  const numbers = Array.from({ length: distinct }, (_, index) => index + 1)
  const coldFirst = await timePages(rescale, list, numbers)
  const coldLast = await timePages(
    rescale,
    list,
    numbers.map((number) => pages + 1 - number),
  )
  const first: number[] = []
  const last: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    first.push(await timePages(rescale, list, Array(callsPerRound).fill(1)))
    last.push(await timePages(rescale, list, Array(callsPerRound).fill(pages)))
  }
  return { first, last, coldFirst, coldLast }
}

/** Median microseconds over the pages. */
async function timePages(rescale: Rescale, list: string, pages: readonly number[]): Promise<number> {
  const times: number[] = []
  for (const page of pages) {
    const begin = performance.now()
    await get(rescale, list, page)
    times.push((performance.now() - begin) * 1000)
  }
  return median(times)
}

async function countOf(rescale: Rescale, list: string): Promise<number> {
  return (JSON.parse(await get(rescale, list, 1)) as { count: number }).count
}

async function get(rescale: Rescale, list: string, page: number): Promise<string> {
  const answer = await rescale.exchange({
    method: 'GET',
    target: `${list}${list.includes('?') ? '&' : '?'}page=${page}&page_size=${pageSize}`,
    origin: 'http://127.0.0.1',
    headers: { authorization: `Token ${rescale.apiKey}` },
    body: null,
  })
  if (answer.status !== 200) throw new Error(`page ${page} of ${list} answered ${answer.status}`)
  return typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body as Uint8Array).toString()
}

const steps = await main(JSON.parse(process.argv[2] ?? '{}') as ManyJobsOrder)
process.stdout.write(JSON.stringify(steps))
