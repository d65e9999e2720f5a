import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { knownCatalogue } from '../../mock-server/catalogue/known-catalogue.ts'
import { createRescale, openDataFolder, type Rescale } from '../../mock-server/index.ts'
import { memoryFileStore } from '../../mock-server/stores/memory-file-store.ts'

export interface WorldsOrder {
  readonly jobs: number
  readonly rounds: number
  readonly requests: number
  readonly resets: number
  readonly commits: number
}

export interface WorldsFound {
  /** Milliseconds of each round. */
  readonly times: Readonly<Record<'reset' | 'snapshot' | 'restore' | 'fork', number[]>>
  /** MiB. */
  readonly growth: number
  /** Milliseconds. */
  readonly durable: Readonly<Record<'memory' | 'one' | 'many', number[]>>
}

const filesPerJob = 10

const draft = (fileId: string) => ({
  name: 'bench',
  jobanalyses: [
    {
      analysis: { code: 'user_included', version: '0' },
      command: 'true',
      hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
      inputFiles: [{ id: fileId }],
    },
  ],
})

async function main(order: WorldsOrder): Promise<WorldsFound> {
  const times = await wholeWorlds(order)
  return { times, growth: await growth(order), durable: await commits(order) }
}

async function wholeWorlds({ jobs, rounds }: WorldsOrder): Promise<WorldsFound['times']> {
  const times: WorldsFound['times'] = { reset: [], snapshot: [], restore: [], fork: [] }
  const files = memoryFileStore()
  await using rescale = createRescale({ files })
  const world = rescale.world()
  for (let number = 0; number < jobs; number += 1) {
    const made = Array.from({ length: filesPerJob }, (_, index) =>
      world.platform.addFile({ name: `file-${number}-${index}`, bytes: files.put(Buffer.from('content')) }),
    )
    const job = world.platform.createJob(draft(made[0]?.id ?? ''), knownCatalogue)
    world.platform.submitJob(job.id)
  }
  world.settle()
  world.snapshot('filled')
  const timed = async (name: keyof typeof times, act: () => unknown): Promise<void> => {
    const begin = performance.now()
    const freed = act()
    times[name].push(performance.now() - begin)
    await freed
  }
  for (let round = 0; round < rounds; round += 1) {
    await timed('snapshot', () => world.snapshot('round'))
    await timed('restore', () => world.restore('filled'))
    const apiKey = round.toString(16).padStart(40, '0')
    await timed('fork', () => void world.fork({ apiKey, snapshot: 'filled' }))
    await timed('reset', () => world.reset())
    await world.restore('filled')
    for (const { tenantId } of rescale.tenants().slice(1)) await rescale.deleteTenant(tenantId)
  }
  return times
}

const ask = (rescale: Rescale, method: string, path: string, body?: unknown): Promise<Response> =>
  rescale.fetch(`http://localhost${path}`, {
    method,
    headers: { authorization: `Token ${rescale.apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

async function growth({ requests, resets }: WorldsOrder): Promise<number> {
  await using rescale = createRescale()
  const work = async (part: number): Promise<number> => {
    for (let reset = 0; reset < resets * part; reset += 1) {
      for (let request = 0; request < requests / resets; request += 1) {
        const write = request % 10 === 0
        const body = write
          ? { ...draft(''), jobanalyses: [{ ...draft('').jobanalyses[0], inputFiles: [] }] }
          : undefined
        await (await ask(rescale, write ? 'POST' : 'GET', '/api/v2/jobs/', body)).text()
      }
      await (await ask(rescale, 'POST', '/_mock/world/reset/')).text()
    }
    for (let time = 0; time < 3; time += 1) globalThis.gc?.()
    return process.memoryUsage().rss / 2 ** 20
  }
  const before = await work(0.2)
  return (await work(1)) - before
}

async function commits({ commits: count }: WorldsOrder): Promise<WorldsFound['durable']> {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-bench-'))
  try {
    await using memory = createRescale()
    await using kept = createRescale({ data: await openDataFolder(folder) })
    return {
      memory: await changes(memory, count, 1),
      one: await changes(kept, count, 1),
      many: await changes(kept, count, 16),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Milliseconds of each change, so many at a time. */
async function changes(rescale: Rescale, count: number, atOnce: number): Promise<number[]> {
  const body = { ...draft(''), jobanalyses: [{ ...draft('').jobanalyses[0], inputFiles: [] }] }
  const times: number[] = []
  for (let done = 0; done < count; done += atOnce) {
    const begin = performance.now()
    await Promise.all(Array.from({ length: atOnce }, () => ask(rescale, 'POST', '/api/v2/jobs/', body)))
    times.push((performance.now() - begin) / atOnce)
  }
  return times
}

process.stdout.write(JSON.stringify(await main(JSON.parse(process.argv[2] ?? '') as WorldsOrder)))
