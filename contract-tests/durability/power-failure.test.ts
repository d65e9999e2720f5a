import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, truncateSync } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { ClassicLevel } from 'classic-level'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Control, createControl } from '../../client/control/index.ts'
import { RandomStream } from '../../mock-server/domain/random.ts'
import { createRescale, DEFAULT_API_KEY, openDataFolder, type Rescale } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'

/**
 * What a disk still has when the power fails: what was forced to it, and nothing else. A file is there when it was, and the
 * folders that name it were after it was made; the database as far as it had come when a write with `sync` ended.
 */
class Disk {
  readonly folder: string
  readonly #synced = new Set<string>()
  /** Lengths of the database's files. */
  #database = new Map<string, number>()

  constructor(folder: string) {
    this.folder = folder
  }

  /** Folders hold what is named in them at that moment. */
  sync(path: string): void {
    this.#synced.add(path)
    if (!path.startsWith(this.folder) || !statSync(path).isDirectory()) return
    for (const name of readdirSync(path)) this.#synced.add(`name of ${join(path, name)}`)
  }

  syncDatabase(): void {
    const state = join(this.folder, 'state')
    this.#database = new Map(readdirSync(state).map((name) => [name, statSync(join(state, name)).size]))
  }

  #has(path: string): boolean {
    const folders = [dirname(path), dirname(dirname(path))]
    return [path, ...[path, ...folders].map((one) => `name of ${one}`)].every((one) => this.#synced.has(one))
  }

  /** What is left, as a folder of its own. */
  afterPowerFailure(target: string): void {
    mkdirSync(join(target, 'state'), { recursive: true })
    if (this.#synced.has(`name of ${join(this.folder, 'localscale-data')}`))
      cpSync(join(this.folder, 'localscale-data'), join(target, 'localscale-data'))
    if (this.#synced.has(`name of ${join(this.folder, 'state')}`))
      for (const [name, size] of this.#database) {
        cpSync(join(this.folder, 'state', name), join(target, 'state', name))
        truncateSync(join(target, 'state', name), size)
      }
    const content = readdirSync(join(this.folder, 'content'), { recursive: true, withFileTypes: true })
    for (const entry of content.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name)
      if (this.#has(path)) cpSync(path, join(target, 'content', entry.name.slice(0, 2), entry.name))
    }
  }
}

/** The power fails after each of them. */
const ANSWERS = 25

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'localscale-power-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(root, { recursive: true })
})

/** Hears of everything that is forced to the disk, when it is there. */
async function watched(hears: (path: string) => boolean = () => true): Promise<Disk> {
  const disk = new Disk(join(root, 'data'))
  const probe = await open(root)
  const handles = Object.getPrototypeOf(probe) as FileHandle
  await probe.close()
  const { sync } = handles
  vi.spyOn(handles, 'sync').mockImplementation(async function (this: FileHandle) {
    const path = readlinkSync(`/proc/self/fd/${this.fd}`)
    await sync.call(this)
    if (hears(path)) disk.sync(path)
  })
  const { batch } = ClassicLevel.prototype
  vi.spyOn(ClassicLevel.prototype, 'batch').mockImplementation(async function (
    this: ClassicLevel,
    ...given: unknown[]
  ) {
    await (batch as (...all: unknown[]) => Promise<void>).apply(this, given)
    if ((given[1] as { sync?: boolean } | undefined)?.sync) disk.syncDatabase()
  } as never)
  return disk
}

interface Acknowledged {
  /** By id: the SHA-512 of their bytes. */
  readonly files: Map<string, string>
  /** By id: statuses, the oldest first. */
  readonly jobs: Map<string, string[]>
  readonly snapshots: Set<string>
  plans: number
}

const ask = (rescale: Rescale, method: string, path: string, body?: unknown): Promise<Response> =>
  rescale.fetch(`http://localhost${path}`, {
    method,
    headers: { authorization: `Token ${rescale.apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

async function upload(rescale: Rescale, content: string, { files }: Acknowledged): Promise<void> {
  const form = new FormData()
  form.append('file', new Blob([content]), 'a.txt')
  const headers = { authorization: `Token ${rescale.apiKey}` }
  const url = 'http://localhost/api/v2/files/contents/'
  const answer = await rescale.fetch(url, { method: 'POST', headers, body: form })
  const { id } = (await answer.json()) as { id: string }
  files.set(id, createHash('sha512').update(content).digest('hex'))
}

async function something(rescale: Rescale, known: Acknowledged, chance: RandomStream): Promise<void> {
  const what = chance.integer(6)
  const file = chance.pick(['', ...known.files.keys()])
  if (what <= 1) return upload(rescale, `${chance.uint32()} `.repeat(1 + chance.integer(20_000)), known)
  if (what === 2) {
    const job = aJob({ command: 'cat *; sleep 100', inputs: file ? [{ id: file }] : [] })
    const { id } = (await (await ask(rescale, 'POST', '/api/v2/jobs/', job)).json()) as { id: string }
    await ask(rescale, 'POST', `/api/v2/jobs/${id}/submit/`)
    known.jobs.set(id, ['Pending'])
  } else if (what === 3) {
    const name = `snapshot ${chance.integer(3)}`
    await ask(rescale, 'POST', '/_mock/world/snapshots/', { name })
    known.snapshots.add(name)
  } else if (what === 4) {
    const faults = [{ operation: '*', kind: 'none' }]
    await ask(rescale, 'POST', '/_mock/faults/', { faults, onlyByHeader: true })
    known.plans += 1
  } else {
    await ask(rescale, 'POST', '/_mock/time/advance/', { by: '5m' })
    for (const id of known.jobs.keys()) known.jobs.set(id, await statusesOf(rescale, id))
  }
}

async function statusesOf(rescale: Rescale, jobId: string): Promise<string[]> {
  const answer = await ask(rescale, 'GET', `/api/v2/jobs/${jobId}/statuses/`)
  const { results } = (await answer.json()) as { results: { status: string }[] }
  return results.map(({ status }) => status).reverse()
}

async function expectAll(folder: string, known: Acknowledged): Promise<void> {
  const data = await openDataFolder(folder)
  await using rescale = createRescale({ data })
  if (data.damage) throw new Error(JSON.stringify(data.damage.losses))
  for (const [id, sha512] of known.files) {
    const answer = await ask(rescale, 'GET', `/api/v2/files/${id}/contents/`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([id, createHash('sha512').update(bytes).digest('hex')]).toEqual([id, sha512])
  }
  for (const [id, statuses] of known.jobs)
    expect((await statusesOf(rescale, id)).slice(0, statuses.length)).toEqual(statuses)
  const names = rescale
    .world()
    .snapshots()
    .map(({ name }) => name)
  expect(names.sort()).toEqual([...known.snapshots].sort())
  expect(rescale.world().faults.plans()).toHaveLength(known.plans)
}

/** Fails the power after every answer of so many; gives what then was there each time. */
async function work(disk: Disk, answers: number): Promise<void> {
  const known: Acknowledged = { files: new Map(), jobs: new Map(), snapshots: new Set(), plans: 0 }
  const chance = new RandomStream('power')
  const rescale = createRescale({ data: await openDataFolder(disk.folder) })
  try {
    for (let answer = 1; answer <= answers; answer += 1) {
      await something(rescale, known, chance)
      const left = join(root, `left-${answer}`)
      disk.afterPowerFailure(left)
      await expectAll(left, known)
      await rm(left, { recursive: true })
    }
  } finally {
    await rescale.close()
  }
}

const ANOTHER = 'b'.repeat(40)
const MADE = 'c'.repeat(40)
const FORK = 'd'.repeat(40)

const isThere = (rescale: Rescale, key: string): boolean => {
  try {
    return rescale.world(key).platform.tenantId !== ''
  } catch {
    return false
  }
}
const jobsOf = (rescale: Rescale, search = 'before'): number =>
  rescale.world().platform.jobs({ search }).count

/** Of a world that has one job and one file, elsewhere. */
async function aWorldFile(): Promise<Uint8Array<ArrayBuffer>> {
  await using elsewhere = createRescale()
  await upload(elsewhere, 'bytes', { files: new Map(), jobs: new Map(), snapshots: new Set(), plans: 0 })
  await ask(elsewhere, 'POST', '/api/v2/jobs/', aJob({ name: 'elsewhere' }))
  return new Uint8Array(await buffer(elsewhere.world().export()))
}

/**
 * What a control does, and whether it was done, to a world that has the job `before`, a snapshot of it, and the job
 * `before, but later than the snapshot`.
 */
const controls: readonly {
  readonly does: string
  act(control: Control, rescale: Rescale): Promise<unknown>
  holds(rescale: Rescale): boolean
}[] = [
  {
    does: 'makes a tenant',
    act: ({ server }) => server.createTenant(MADE),
    holds: (rescale) => isThere(rescale, MADE),
  },
  {
    does: 'ends a tenant',
    act: async ({ server }) => server.deleteTenant((await server.tenants())[1]?.tenantId ?? ''),
    holds: (rescale) => !isThere(rescale, ANOTHER),
  },
  {
    does: 'forks a world',
    act: ({ world }) => world.fork({ apiKey: FORK, snapshot: 'base' }),
    // To ask for a world would make it.
    holds: (rescale) =>
      rescale.tenants().length === 3 && rescale.world(FORK).platform.jobs({ search: 'before' }).count === 1,
  },
  {
    does: 'begins a world anew',
    act: ({ world }) => world.reset(),
    holds: (rescale) => jobsOf(rescale) === 0,
  },
  {
    does: 'goes back',
    act: ({ world }) => world.restore('base'),
    holds: (rescale) => jobsOf(rescale) === 1,
  },
  {
    does: 'enters an exported world',
    act: async ({ world }) => world.import(await aWorldFile()),
    holds: (rescale) => jobsOf(rescale) === 0 && jobsOf(rescale, 'elsewhere') === 1,
  },
  {
    does: 'forgets a snapshot',
    act: ({ world }) => world.dropSnapshot('base'),
    holds: (rescale) => rescale.world().snapshots().length === 0,
  },
  {
    does: 'seeds',
    act: ({ world }) =>
      world.seed({ files: [{ name: 'a.txt', text: 'seeded' }], jobs: [aJob({ name: 'before, too' })] }),
    holds: (rescale) => jobsOf(rescale) === 3,
  },
  {
    does: 'moves time, though nothing is due',
    act: ({ time }) => time.advance('7m'),
    holds: (rescale) =>
      rescale.world().now().getTime() === createRescale().world().now().getTime() + 7 * 60_000,
  },
  {
    does: 'sets a pace',
    act: ({ time }) => time.setPace('settled'),
    holds: (rescale) => rescale.world().pace === 'settled',
  },
  {
    does: 'limits requests',
    act: ({ throttling }) => throttling.turnOn({ user: 3 }),
    holds: (rescale) => {
      const { isOn, report } = rescale.world().throttling
      return isOn && report().some(({ scope, limit }) => scope === 'user' && limit === 3)
    },
  },
  {
    does: 'registers a public key',
    act: ({ sshKeys }) =>
      sshKeys.add(`ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbJQ9XFHMbJkvlHoRSl0J7FJB4ihXd6m1DZ0z4Ea8UC`),
    holds: (rescale) => rescale.world().authorizedKeys.list().length === 1,
  },
]

describe.runIf(process.platform === 'linux')('when the power fails, what was forced to the disk', () => {
  it('has everything that was acknowledged, after every answer', { timeout: 60_000 }, async () => {
    await work(await watched(), ANSWERS)
  })

  it('would be missed by this test, were content not among it', { timeout: 60_000 }, async () => {
    const deaf = (path: string) => !/content\/..\/./.test(path)
    await expect(work(await watched(deaf), ANSWERS)).rejects.toThrow(/^\[\{"what":"file/)
  })

  it('was forced there before the answer was sent', async () => {
    const order: string[] = []
    const disk = await watched()
    vi.spyOn(disk, 'sync').mockImplementation(
      (path) => void order.push(statSync(path).isFile() ? 'content' : 'folder'),
    )
    vi.spyOn(disk, 'syncDatabase').mockImplementation(() => void order.push('database'))
    await using rescale = createRescale({ data: await openDataFolder(disk.folder) })
    await ask(rescale, 'GET', '/api/v2/users/me/')
    order.length = 0
    await upload(rescale, 'bytes', { files: new Map(), jobs: new Map(), snapshots: new Set(), plans: 0 })
    order.push('answer')
    expect(order).toEqual(['content', 'folder', 'folder', 'database', 'answer'])
    await ask(rescale, 'POST', '/api/v2/jobs/', aJob())
    order.push('answer')
    expect(order.slice(5)).toEqual(['database', 'answer'])
    await ask(rescale, 'GET', '/api/v2/jobs/')
    expect(order).toHaveLength(7)
    expect(readFileSync(join(disk.folder, 'localscale-data'), 'utf8')).toContain('"format":2')
  })

  it.each(controls)('has what a control did, as soon as it says so: $does', async ({ act, holds }) => {
    const disk = await watched()
    const apiKeys = [DEFAULT_API_KEY, FORK]
    await using rescale = createRescale({ data: await openDataFolder(disk.folder), apiKeys })
    const { adminToken, apiKey } = rescale
    const control = createControl({
      baseUrl: 'http://localhost',
      ...{ apiKey, adminToken, fetch: rescale.fetch },
    })
    await ask(rescale, 'POST', '/api/v2/jobs/', aJob({ name: 'before' }))
    await control.world.snapshot('base')
    await ask(rescale, 'POST', '/api/v2/jobs/', aJob({ name: 'before, but later than the snapshot' }))
    await control.server.createTenant(ANOTHER)
    expect(holds(rescale)).toBe(false)
    await act(control, rescale)
    const left = join(root, 'left')
    disk.afterPowerFailure(left)
    const data = await openDataFolder(left)
    expect(data.damage).toBeNull()
    await using after = createRescale({ data, apiKeys })
    expect(holds(after)).toBe(true)
  })
})
