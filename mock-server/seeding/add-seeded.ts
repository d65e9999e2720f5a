import { requestSchemas } from '../../openapi/generated/request-schemas.ts'
import type { BodySchema } from '../../openapi/route.ts'
import { tenantCatalogue } from '../catalogue/tenant-catalogue.ts'
import type { Catalogue } from '../domain/catalogue.ts'
import type { StoredBytes } from '../domain/file-store.ts'
import { jobStatuses } from '../domain/job-status.ts'
import type { Platform } from '../domain/platform.ts'
import { readBody } from '../exchange/read-body.ts'
import { jobDraft } from '../operations/jobs.ts'
import type { Wire } from '../operations/wire.ts'
import { SeedError, type SeededFile, type SeededJob, type WorldSeed } from '../worlds/world-seed.ts'
import { seedCatalogue } from './seed-catalogue.ts'
import type { SeededState } from './seed-times.ts'
import type { SeedPlace } from './seed-world.ts'

/** A seed, and the bytes of its files in their order. */
export interface GivenSeed {
  readonly seed: WorldSeed
  readonly content: readonly StoredBytes[]
}

export interface AddedJob {
  readonly id: string
  readonly state: SeededState | null
}

/** Equal content is stored once. Whoever asks holds it as often as it is named. */
export function storeContent(
  { files, sharedBytes }: Pick<SeedPlace, 'files' | 'sharedBytes'>,
  seeded: readonly SeededFile[],
): StoredBytes[] {
  const known = { text: new Map<string, StoredBytes>(), base64: new Map<string, StoredBytes>() }
  return seeded.map(({ text = '', base64 }) => {
    const [content, form] = base64 === undefined ? ([text, 'text'] as const) : ([base64, 'base64'] as const)
    const stored = known[form].get(content)
    if (stored) sharedBytes.retain(stored)
    const bytes = stored ?? files.put(Buffer.from(content, form === 'text' ? 'utf8' : 'base64'))
    known[form].set(content, bytes)
    return bytes
  })
}

/** Adds all of it. Jobs are only saved. @throws {SeedError} @throws {RefusedError} */
export async function addSeeded(
  place: Pick<SeedPlace, 'catalogue' | 'sharedBytes'>,
  platform: Platform,
  { seed, content }: GivenSeed,
): Promise<AddedJob[]> {
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
  const jobs: AddedJob[] = []
  for (const [index, job] of (seed.jobs ?? []).entries())
    jobs.push(await addJob({ platform, catalogue, files }, job, `jobs[${index}]`))
  for (const { id } of jobs) await platform.prepareJob(id)
  return jobs
}

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
): Promise<AddedJob> {
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
