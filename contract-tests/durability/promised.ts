import { createHash } from 'node:crypto'
import type { BuiltServer } from '../programs/built-server.ts'

/** The newest things of a kind, which are looked into after every kill; all are only now and then. */
const LOOKED_INTO = 4

interface PromisedJob {
  readonly name: string
  /** Oldest first, as they were seen. */
  rows: string[]
  readonly tags: Set<string>
  /** What followed from what was acknowledged, whether it was seen or not. */
  readonly oneOf: (readonly string[])[]
  isStopped: boolean
}

/** What a server has acknowledged, as a client noted it: it may have done more than that, but never less. */
export class Promised {
  readonly apiKey: string
  readonly #files = new Map<string, { readonly name: string; readonly sha512: string }>()
  readonly #jobs = new Map<string, PromisedJob>()
  /** Things whose end was asked for, and not acknowledged: nobody knows. */
  readonly #doubtful = new Set<string>()
  readonly #gone = new Set<string>()
  /** How many jobs a seed has, by their name; and whether it was acknowledged. */
  readonly #seeds = new Map<string, { readonly jobs: number; isThere: boolean }>()
  /** Ids of other worlds that were ended. */
  readonly #ended = new Set<string>()
  /** Names of snapshots and of plans. */
  readonly #kept = { snapshots: new Set<string>(), plans: new Set<string>() }

  /** How much was ever promised: where that is little, nothing is shown by that it was kept. */
  readonly promises = { files: 0, jobs: 0, rows: 0, seeds: 0, snapshots: 0, losses: 0 }

  constructor(apiKey: string) {
    this.apiKey = apiKey
  }

  get files(): string[] {
    return [...this.#files.keys()]
  }

  get jobs(): string[] {
    return [...this.#jobs.keys()]
  }

  hasFile(id: string, name: string, content: string): void {
    this.promises.files += 1
    this.#files.set(id, { name, sha512: createHash('sha512').update(content).digest('hex') })
  }

  hasJob(id: string, name: string): void {
    this.promises.jobs += 1
    this.#jobs.set(id, { name, rows: [], tags: new Set(), oneOf: [], isStopped: false })
  }

  /** Oldest first. */
  hasRows(id: string, rows: string[]): void {
    const job = this.#jobs.get(id)
    if (!job || rows.length <= job.rows.length) return
    this.promises.rows += rows.length - job.rows.length
    job.rows = rows
  }

  /** Its history has one of these statuses from now on. */
  hasOneOf(id: string, ...statuses: string[]): void {
    this.#jobs.get(id)?.oneOf.push(statuses)
  }

  /** It does not go on: one that was not validated yet gets no further status, any other says that it stops. */
  hasStopped(id: string): void {
    const job = this.#jobs.get(id)
    if (job) job.isStopped = true
  }

  maySeed(name: string, jobs: number): void {
    this.#seeds.set(name, { jobs, isThere: false })
  }

  hasSeed(name: string): void {
    const seed = this.#seeds.get(name)
    if (!seed) return
    this.promises.seeds += 1
    seed.isThere = true
  }

  hasKept(kind: 'snapshots' | 'plans', name: string): void {
    if (kind === 'snapshots') this.promises.snapshots += 1
    this.#kept[kind].add(name)
  }

  hasEnded(tenantId: string): void {
    this.#ended.add(tenantId)
  }

  hasTag(id: string, tag: string): void {
    this.#jobs.get(id)?.tags.add(tag)
  }

  mayLose(id: string): void {
    this.#doubtful.add(id)
  }

  hasLost(id: string): void {
    this.promises.losses += 1
    this.#doubtful.delete(id)
    this.#files.delete(id)
    this.#jobs.delete(id)
    this.#gone.add(id)
  }

  forgetAll(): void {
    // Snapshots stay.
    for (const known of [this.#files, this.#jobs, this.#seeds, this.#doubtful, this.#gone, this.#kept.plans])
      known.clear()
  }

  /** Throws for anything that was acknowledged and is not so. `deep` also downloads everything. */
  async check(server: BuiltServer, deep: boolean): Promise<void> {
    const get = getter(server, this.apiKey)
    await this.#checkFiles(await allPages<ListedFile>(get, '/api/v2/files/'), get, deep)
    await this.#checkJobs(await allPages<ListedJob>(get, '/api/v2/jobs/'), get, deep)
    for (const [kind, path] of [
      ['snapshots', '/_mock/world/snapshots/'],
      ['plans', '/_mock/faults/'],
    ] as const) {
      const there = (await bodyOf<{ name: string }[]>(get, path)).map(({ name }) => name)
      for (const name of this.#kept[kind])
        if (!there.includes(name)) throw new Error(`${name} of ${kind} was acknowledged, and is not there`)
    }
    const worlds = await bodyOf<{ tenantId: string }[]>(getter(server, server.adminToken), '/_mock/tenants/')
    for (const { tenantId } of worlds)
      if (this.#ended.has(tenantId)) throw new Error(`the world ${tenantId} was ended, and is back`)
    for (const id of deep ? this.#gone : [...this.#gone].slice(-LOOKED_INTO))
      for (const kind of ['files', 'jobs'])
        if ((await get(`/api/v2/${kind}/${id}/`)).status === 200)
          throw new Error(`${id} was deleted, and is back`)
  }

  async #checkFiles(listed: readonly ListedFile[], get: Get, deep: boolean): Promise<void> {
    const byId = new Map(listed.map((file) => [file.id, file]))
    for (const [id, { name, sha512 }] of this.#files) {
      const file = byId.get(id)
      if (!file && this.#doubtful.has(id)) this.hasLost(id)
      else if (file?.name !== name || file.fileChecksums[0]?.fileHash !== sha512)
        throw new Error(`file ${id} (${name}) was acknowledged, and is ${JSON.stringify(file)}`)
    }
    for (const file of deep ? listed : listed.slice(0, LOOKED_INTO)) await checkContent(file, get)
  }

  async #checkJobs(listed: readonly ListedJob[], get: Get, deep: boolean): Promise<void> {
    const looked = new Set((deep ? listed : listed.slice(0, LOOKED_INTO)).map(({ id }) => id))
    for (const [name, { jobs, isThere }] of this.#seeds) {
      const found = listed.filter((job) => job.name === name).length
      if (found !== jobs && (isThere || found > 0))
        throw new Error(`of ${jobs} jobs of the seed ${name} there are ${found}`)
    }
    const byId = new Map(listed.map((job) => [job.id, job]))
    for (const [id, { name, rows, tags, oneOf, isStopped }] of this.#jobs) {
      const job = byId.get(id)
      if (!job && this.#doubtful.has(id)) {
        this.hasLost(id)
        continue
      }
      if (job?.name !== name) throw new Error(`job ${id} was acknowledged, and is ${JSON.stringify(job)}`)
      if (!looked.has(id)) continue
      const now = await rowsOf(get, id)
      if (now.slice(0, rows.length).join() !== rows.join())
        throw new Error(`job ${id} has had ${rows.join()}, and has ${now.join()}`)
      for (const statuses of oneOf)
        if (!now.some((row) => statuses.some((status) => row.startsWith(`${status} `))))
          throw new Error(`job ${id} was to be ${statuses.join(' or ')}, and has ${now.join()}`)
      if (isStopped && goesOn(now)) throw new Error(`job ${id} was stopped, and has ${now.join()}`)
      const kept = (await bodyOf<{ normalizedName: string }[]>(get, `/api/v2/jobs/${id}/tags/`)).map(
        ({ normalizedName }) => normalizedName,
      )
      for (const tag of tags) if (!kept.includes(tag)) throw new Error(`job ${id} lost its tag ${tag}`)
    }
  }
}

const goesOn = (rows: readonly string[]): boolean =>
  rows.some((row) => /^(Validated|Executing) /.test(row)) &&
  !rows.some((row) => /^(Stopping|Force Stop|Completed) /.test(row))

type Get = (path: string) => Promise<Response>

interface ListedFile {
  readonly id: string
  readonly name: string
  readonly fileChecksums: readonly { readonly fileHash: string }[]
}

interface ListedJob {
  readonly id: string
  readonly name: string
}

const getter =
  ({ url }: BuiltServer, apiKey: string): Get =>
  (path) =>
    fetch(url + path, { headers: { authorization: `Token ${apiKey}` } })

async function bodyOf<Body>(get: Get, path: string): Promise<Body> {
  const answer = await get(path)
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Body
}

async function allPages<Item>(get: Get, path: string): Promise<Item[]> {
  const items: Item[] = []
  for (let page = 1; ; page += 1) {
    const { results, next } = await bodyOf<{ results: Item[]; next: string | null }>(
      get,
      `${path}?page_size=100&page=${page}`,
    )
    items.push(...results)
    if (next === null) return items
  }
}

/** Oldest first, with their dates. */
export async function rowsOf(get: Get, jobId: string): Promise<string[]> {
  const { results } = await bodyOf<{ results: { status: string; statusDate: string }[] }>(
    get,
    `/api/v2/jobs/${jobId}/statuses/?page_size=100`,
  )
  return results.map(({ status, statusDate }) => `${status} ${statusDate}`).reverse()
}

async function checkContent({ id, name, fileChecksums }: ListedFile, get: Get): Promise<void> {
  const answer = await get(`/api/v2/files/${id}/contents/`)
  const sha512 = createHash('sha512')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex')
  if (answer.status !== 200 || sha512 !== fileChecksums[0]?.fileHash)
    throw new Error(`the content of ${id} (${name}) is not what its checksum says`)
}
