import { requestSchemas } from '../openapi/generated/request-schemas.ts'
import type { Catalogue } from './domain/catalogue.ts'
import type { FileStore } from './domain/file-store.ts'
import type { Duration, Instant } from './domain/instant.ts'
import { type JobStatus, jobStatuses } from './domain/job-status.ts'
import type { Platform } from './domain/platform.ts'
import { heldBytes } from './domain/saved/held-bytes.ts'
import type { SavedPlatform } from './domain/saved/saved-platform.ts'
import type { SharedBytes } from './domain/shared-bytes.ts'
import { readBody } from './exchange/read-body.ts'
import { jobDraft } from './operations/jobs.ts'
import type { Wire } from './operations/wire.ts'
import { seedCatalogue } from './seed-catalogue.ts'
import type { SeededJob, WorldSeed } from './worlds/world-seed.ts'
import { SeedError } from './worlds/world-seed.ts'

export interface SeedPlace {
  readonly platform: Platform
  readonly files: FileStore
  readonly sharedBytes: SharedBytes
  /** Whether runs are plans, so that it can be tried out how long they take. */
  readonly isSimulated: boolean
  /** The tenant's, with what was seeded of it. */
  catalogue(): Promise<Catalogue>
}

/** Each is tried out in the world as it is; more would keep other tenants waiting. */
const MOST_SEEDED_JOBS = 1_000

/**
 * Adds to the catalogue, and adds files and jobs, each job in the state that is asked for: each is submitted so long before that all are in theirs
 * at the same instant, to which time moves. Nothing changes when something is wrong.
 * @throws {SeedError}
 * @throws {RefusedError}
 */
export async function seedWorld(place: SeedPlace, seed: WorldSeed): Promise<void> {
  const { platform, sharedBytes } = place
  if ((seed.jobs ?? []).length > MOST_SEEDED_JOBS)
    throw new SeedError(`No more than ${MOST_SEEDED_JOBS} jobs at a time.`)
  const before = kept(platform.save(), sharedBytes)
  try {
    if (seed.catalogue) seedCatalogue(platform, seed.catalogue, await place.catalogue())
    const ids = addFiles(place, seed)
    const jobs: Seeded[] = []
    for (const [index, job] of (seed.jobs ?? []).entries())
      jobs.push(await addJob(place, job, { index, ids }))
    await bringAbout(place, jobs)
  } catch (error) {
    await platform.restore(before.saved)
    throw error
  } finally {
    await before.release()
  }
}

interface Seeded {
  readonly id: string
  readonly status: JobStatus | null
}

function kept(saved: SavedPlatform, sharedBytes: SharedBytes) {
  const held = heldBytes(saved)
  for (const bytes of held) sharedBytes.retain(bytes)
  return { saved, release: () => sharedBytes.releaseAll(held) }
}

/** Ids by name. */
function addFiles({ platform, files }: SeedPlace, seed: WorldSeed): Map<string, string> {
  const ids = new Map<string, string>()
  for (const { name, text, base64 } of seed.files ?? []) {
    const content = base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64')
    ids.set(name, platform.addFile({ name, bytes: files.put(content) }).id)
  }
  return ids
}

async function addJob(
  { platform, catalogue }: SeedPlace,
  { status = null, ...job }: SeededJob,
  { index, ids }: { readonly index: number; readonly ids: ReadonlyMap<string, string> },
): Promise<Seeded> {
  const known = jobStatuses.find((one) => one === status) ?? null
  if (status !== null && known === null)
    throw new SeedError(`jobs[${index}].status is none of ${jobStatuses.join(', ')}.`)
  const reading = readBody<Wire<'JobCreate'>>(requestSchemas.createJob, withIds(job, ids), {
    partial: false,
  })
  if ('errors' in reading) throw new SeedError(`jobs[${index}]: ${JSON.stringify(reading.errors)}`)
  const draft = jobDraft(reading.value)
  await platform.prepareDraft(draft)
  return { id: platform.createJob(draft, await catalogue()).id, status: known }
}

/** Inputs may be told by the names of seeded files. */
function withIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withIds(item, ids))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const isInput = entries.length <= 2 && 'name' in value && ids.has(String(value.name))
  if (isInput) return { ...value, id: ids.get(String(value.name)) }
  return Object.fromEntries(entries.map(([name, part]) => [name, withIds(part, ids)]))
}

async function bringAbout(place: SeedPlace, jobs: readonly Seeded[]): Promise<void> {
  const { platform, sharedBytes } = place
  for (const { id } of jobs) await platform.prepareJob(id)
  const saved = kept(platform.save(), sharedBytes)
  try {
    const timed: { readonly id: string; readonly takes: Duration }[] = []
    for (const { id, status } of jobs) {
      if (status === null) continue
      timed.push({ id, takes: await timeTo(place, id, status) })
      await platform.restore(saved.saved)
      await platform.prepareJob(id)
    }
    submitInTime(platform, timed)
  } finally {
    await saved.release()
  }
}

/** How long the job takes from its submit to the status. Tried out, for only the lifecycles know. */
async function timeTo(
  { platform, isSimulated }: SeedPlace,
  id: string,
  status: JobStatus,
): Promise<Duration> {
  if (!isSimulated && jobStatuses.indexOf(status) >= jobStatuses.indexOf('Executing'))
    throw new SeedError(`Jobs cannot be ${status} from the beginning where commands really run.`)
  const begin = platform.now()
  platform.submitJob(id)
  return stepTo(platform, id, status) - begin
}

function stepTo(platform: Platform, id: string, status: JobStatus): Instant {
  while (platform.job(id).status !== status) {
    const next = platform.nextDue()
    if (next === null) throw new SeedError(`Job ${id} does not get to ${status} by itself.`)
    platform.advanceTo(next)
  }
  return platform.now()
}

function submitInTime(
  platform: Platform,
  jobs: readonly { readonly id: string; readonly takes: Duration }[],
): void {
  const begin = platform.now()
  const longest = jobs.reduce((most, { takes }) => Math.max(most, takes), 0)
  for (const { id, takes } of jobs.toSorted((one, other) => other.takes - one.takes)) {
    platform.advanceTo(begin + longest - takes)
    platform.submitJob(id)
  }
  platform.advanceTo(begin + longest)
}
