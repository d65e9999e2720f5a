import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRescale, listen, openDataFolder, type Rescale } from '../../mock-server/index.ts'

export interface SeedingOrder {
  readonly jobs: number
  /** Seeds that were never seen before. */
  readonly firsts: number
  readonly rounds: number
}

/** Milliseconds of each round. */
export interface SeedingFound {
  readonly first: number[]
  readonly again: number[]
  /** Of what comes before. */
  readonly reset: number[]
  /** Of values that say the same. */
  readonly alike: number[]
  readonly http: number[]
  readonly httpFirst: number
  readonly disk: number[]
  readonly diskFirst: number
  readonly bodyBytes: number
}

const filesPerJob = 10
const states = ['Completed', 'Executing', 'Queued', null]

/** Each file has content of its own, and a quarter of the jobs each are in one state or only saved. */
const seedOf = (jobs: number, name: string) => ({
  files: Array.from({ length: jobs * filesPerJob }, (_, number) => ({
    name: `file-${number}`,
    text: `content of file ${number}, as long as an input of some hundred numbers is not, but a short script\n`,
  })),
  jobs: Array.from({ length: jobs }, (_, number) => ({
    name,
    status: states[number % states.length] ?? null,
    jobanalyses: [
      {
        analysis: { code: 'user_included', version: '0' },
        command: 'sleep 60',
        hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
        inputFiles: [{ name: `file-${number * filesPerJob}` }],
      },
    ],
  })),
})

async function timed(act: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await act()
  return performance.now() - begin
}

async function main(order: SeedingOrder): Promise<SeedingFound> {
  const body = JSON.stringify(seedOf(order.jobs, 'bench'))
  const inProcess = await seeds(order)
  const { times: http, first: httpFirst } = await overHttp(body, order)
  const { times: disk, first: diskFirst } = await onDisk(body, order)
  return { ...inProcess, http, httpFirst, disk, diskFirst, bodyBytes: Buffer.byteLength(body) }
}

async function seeds({ jobs, firsts, rounds }: SeedingOrder) {
  await using rescale = createRescale()
  const world = rescale.world()
  const fresh = (seed: ReturnType<typeof seedOf>): Promise<number> => timed(() => world.seed(seed))
  const times = { first: [] as number[], again: [] as number[], reset: [] as number[], alike: [] as number[] }
  const { first, again, reset, alike } = times
  const seed = seedOf(jobs, 'first')
  first.push(await fresh(seed))
  for (let round = 0; round < rounds; round += 1) {
    reset.push(await timed(() => world.reset()))
    again.push(await fresh(seed))
  }
  for (let round = 0; round < rounds; round += 1) {
    await world.reset()
    alike.push(await fresh(seedOf(jobs, 'first')))
  }
  for (let number = 1; number < firsts; number += 1) {
    await world.reset()
    first.push(await fresh(seedOf(jobs, `number ${number}`)))
  }
  return times
}

type Sending = (path: string, body?: string) => Promise<Response>

/** The first one, and then each after a reset. */
async function afterResets(send: Sending, body: string, rounds: number) {
  const seedIt = async (): Promise<void> => {
    const answer = await send('/_mock/world/seed/', body)
    if (!answer.ok) throw new Error(`the seed was answered ${answer.status}: ${await answer.text()}`)
    await answer.text()
  }
  const first = await timed(seedIt)
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await (await send('/_mock/world/reset/')).text()
    times.push(await timed(seedIt))
  }
  return { first, times }
}

const request = ({ apiKey }: Rescale, body?: string) => ({
  method: 'POST',
  headers: { authorization: `Token ${apiKey}`, 'content-type': 'application/json' },
  ...(body !== undefined && { body }),
})

async function overHttp(body: string, { rounds }: SeedingOrder) {
  await using rescale = createRescale()
  await using listening = await listen(rescale)
  return await afterResets((path, sent) => fetch(listening.url + path, request(rescale, sent)), body, rounds)
}

/** In process, so that nothing but the disk is added. */
async function onDisk(body: string, { rounds }: SeedingOrder) {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-bench-'))
  try {
    await using rescale = createRescale({ data: await openDataFolder(folder) })
    const send: Sending = (path, sent) => rescale.fetch(`http://localhost${path}`, request(rescale, sent))
    return await afterResets(send, body, Math.ceil(rounds / 8))
  } finally {
    await rm(folder, { recursive: true })
  }
}

process.stdout.write(JSON.stringify(await main(JSON.parse(process.argv[2] ?? '') as SeedingOrder)))
