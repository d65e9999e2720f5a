import { requestSchemas } from '../../openapi/generated/request-schemas.ts'
import type { BodySchema } from '../../openapi/route.ts'
import { tenantCatalogue } from '../catalogue/tenant-catalogue.ts'
import type { Catalogue } from '../domain/catalogue.ts'
import type { Executor } from '../domain/executor.ts'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import { jobStatuses } from '../domain/job-status.ts'
import type { Platform } from '../domain/platform.ts'
import { heldBytes } from '../domain/saved/held-bytes.ts'
import type { SavedPlatform } from '../domain/saved/saved-platform.ts'
import type { SharedBytes } from '../domain/shared-bytes.ts'
import { readBody } from '../exchange/read-body.ts'
import { jobDraft } from '../operations/jobs.ts'
import type { Wire } from '../operations/wire.ts'
import type { SeededJob, WorldSeed } from '../worlds/world-seed.ts'
import { SeedError } from '../worlds/world-seed.ts'
import { seedCatalogue } from './seed-catalogue.ts'
import { bringAbout, type SeededLife } from './seed-lives.ts'
import { endlessExecutor, type SeededState, type SeedPath, tryOut } from './seed-times.ts'

export interface SeedPlace {
  readonly platform: Platform
  readonly files: FileStore
  readonly sharedBytes: SharedBytes
  readonly executor: Executor
  /** The server's. */
  readonly catalogue: () => Promise<Catalogue>
  /** Time was moved by hand. */
  moved(): void
  /** Waits, in real time, until it is so; false when it took too long. */
  until(isSo: () => boolean): Promise<boolean>
}

/** Each is tried out in a twin of the world; more would keep other tenants waiting. */
export const MOST_SEEDED_JOBS = 1_000

/**
 * Adds to the catalogue, and adds files, saved storage devices and jobs, each job in the state that is asked for: each is
 * submitted so long before that all are in theirs at the same instant, to which time moves. All is tried out before, in a
 * twin of the world, so that nothing changes when something is wrong.
 * @throws {SeedError}
 * @throws {RefusedError}
 */
export async function seedWorld(place: SeedPlace, seed: WorldSeed): Promise<void> {
  const { files, sharedBytes } = place
  if ((seed.jobs ?? []).length > MOST_SEEDED_JOBS)
    throw new SeedError(`No more than ${MOST_SEEDED_JOBS} jobs at a time.`)
  const content = (seed.files ?? []).map((file) => files.put(contentOf(file)))
  try {
    const tried = await inTwin(place, (twin) => rehearse(place, twin, { seed, content }))
    await perform(place, { seed, content }, tried)
  } finally {
    await sharedBytes.releaseAll(content)
  }
}

/** Whether runs are plans, so that it can be tried out how long they take. */
const isSimulated = ({ executor }: SeedPlace): boolean => executor.planAgain !== undefined

interface Given {
  readonly seed: WorldSeed
  /** Of the files, in their order. */
  readonly content: readonly StoredBytes[]
}

interface Tried {
  readonly ids: string
  readonly paths: readonly SeedPath[]
}

async function inTwin<Found>(
  place: SeedPlace,
  find: (twin: Platform) => Found | Promise<Found>,
): Promise<Found> {
  const { platform, executor } = place
  const trial = isSimulated(place) ? executor : endlessExecutor(executor)
  const twin = platform.twin(trial)
  try {
    return await find(twin)
  } finally {
    await twin.close()
    trial.loadVolumes?.(twin.tenantId, [])
  }
}

async function rehearse(place: SeedPlace, twin: Platform, given: Given): Promise<Tried> {
  const jobs = await addAll(place, twin, given)
  return { ids: idsOf(jobs), paths: tryOut(twin, statesOf(jobs), { isSimulated: isSimulated(place) }) }
}

/** As it was tried out, unless somebody else did something meanwhile: then the jobs have other ids, and other times. */
async function perform(place: SeedPlace, given: Given, tried: Tried): Promise<void> {
  const { platform, sharedBytes } = place
  const before = kept(platform.save(), sharedBytes)
  try {
    const jobs = await addAll(place, platform, given)
    const states = statesOf(jobs)
    const paths =
      idsOf(jobs) === tried.ids
        ? tried.paths
        : await inTwin(place, (twin) => tryOut(twin, states, { isSimulated: isSimulated(place) }))
    const lives = states.map((state, index): SeededLife => ({ ...state, ...pathAt(paths, index) }))
    await bringAbout({ ...place, isSimulated: isSimulated(place) }, lives)
  } catch (error) {
    await platform.restore(before.saved)
    place.moved()
    throw error
  } finally {
    await before.release()
  }
}

function pathAt(paths: readonly SeedPath[], index: number): SeedPath {
  const path = paths[index]
  if (!path) throw new Error(`Job ${index} of the seed was not tried out`)
  return path
}

interface Added {
  readonly id: string
  readonly state: SeededState | null
}

const idsOf = (jobs: readonly Added[]): string => jobs.map(({ id }) => id).join(' ')

const statesOf = (jobs: readonly Added[]): SeededState[] => jobs.flatMap(({ state }) => state ?? [])

function kept(saved: SavedPlatform, sharedBytes: SharedBytes) {
  const held = heldBytes(saved)
  for (const bytes of held) sharedBytes.retain(bytes)
  return { saved, release: () => sharedBytes.releaseAll(held) }
}

async function addAll(place: SeedPlace, platform: Platform, { seed, content }: Given): Promise<Added[]> {
  const catalogue = tenantCatalogue(place.catalogue, () => platform.catalogueEntries)
  if (seed.catalogue) seedCatalogue(platform, seed.catalogue, await catalogue())
  const files = new Map<string, string>()
  for (const [index, bytes] of content.entries()) {
    const name = seed.files?.[index]?.name ?? ''
    place.sharedBytes.retain(bytes)
    files.set(name, platform.addFile({ name, bytes }).id)
  }
  for (const [index, device] of (seed.storageDevices ?? []).entries())
    addDevice(platform, await catalogue(), device, `storageDevices[${index}]`)
  const jobs: Added[] = []
  for (const [index, job] of (seed.jobs ?? []).entries())
    jobs.push(await addJob({ platform, catalogue, files }, job, `jobs[${index}]`))
  for (const { id } of jobs) await platform.prepareJob(id)
  return jobs
}

const contentOf = ({ text, base64 }: NonNullable<WorldSeed['files']>[number]): Uint8Array =>
  base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64')

/** What would be read from the body of a request that creates it. */
function readAs<Body>(schema: BodySchema, given: unknown, place: string): Body {
  const reading = readBody<Body>(schema, given, { partial: false })
  if ('errors' in reading) throw new SeedError(`${place}: ${JSON.stringify(reading.errors)}`)
  return reading.value
}

function addDevice(platform: Platform, catalogue: Catalogue, device: unknown, place: string): void {
  const schema = requestSchemas.createStorageDevice
  platform.storage.create(readAs<Wire<'StorageDeviceCreate'>>(schema, device, place), catalogue)
}

interface JobSurroundings {
  readonly platform: Platform
  readonly catalogue: () => Promise<Catalogue>
  /** Ids by name. */
  readonly files: ReadonlyMap<string, string>
}

async function addJob(
  { platform, catalogue, files }: JobSurroundings,
  { status = null, ...job }: SeededJob,
  place: string,
): Promise<Added> {
  const known = jobStatuses.find((one) => one === status) ?? null
  if (status !== null && known === null)
    throw new SeedError(`${place}.status is none of ${jobStatuses.join(', ')}.`)
  const draft = jobDraft(readAs<Wire<'JobCreate'>>(requestSchemas.createJob, withIds(job, files), place))
  await platform.prepareDraft(draft)
  const { id } = platform.createJob(draft, await catalogue())
  return { id, state: known && { place, id, status: known } }
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
