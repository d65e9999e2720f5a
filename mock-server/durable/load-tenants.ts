import { setImmediate } from 'node:timers/promises'
import type { Executor } from '../domain/executor.ts'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import { bytesOfRun, heldBytes } from '../domain/saved/held-bytes.ts'
import { prepareRuns } from '../domain/saved/prepare-runs.ts'
import type { SavedJob } from '../domain/saved/saved-job.ts'
import type { SavedPlatform } from '../domain/saved/saved-platform.ts'
import type { SavedRun } from '../domain/saved/saved-run.ts'
import { MalformedRecordError } from '../worlds/records/fields.ts'
import { readFile } from '../worlds/records/file-record.ts'
import { readWorld } from '../worlds/records/read-world.ts'
import { readSnapshots, snapshotPrefix } from '../worlds/records/snapshot-records.ts'
import { WorldTeller } from '../worlds/records/tell-world.ts'
import { EXTRAS, readSettings, SETTINGS, type TenantSettings } from '../worlds/settings-record.ts'
import type { KeptSnapshot } from '../worlds/snapshot.ts'
import type { CheckedContent } from './checked-content.ts'
import { damageOf } from './content-check.ts'
import type { Write } from './database.ts'
import type { StoredData, StoredTenant } from './read-database.ts'
import type { SetAside } from './set-aside.ts'

/** A tenant as it was when the last process ended. */
export interface KeptImage {
  readonly platform: SavedPlatform
  readonly settings: TenantSettings
  readonly snapshots: readonly KeptSnapshot[]
  /** Other records that are kept of a tenant, by key, for who knows what is in them. */
  readonly extras: ReadonlyMap<string, unknown>
  /** Real time then, in milliseconds since 1970. */
  readonly savedAt: number
}

/** What a sleeping tenant holds, as often as it needs it. */
export const bytesOf = ({ platform, snapshots }: KeptImage): StoredBytes[] =>
  [platform, ...snapshots.map(({ image }) => image.platform)].flatMap(heldBytes)

export interface Loading {
  readonly files: FileStore
  readonly executor: Executor
  readonly setAside: SetAside
  readonly checked: CheckedContent
  /** Bytes of content were read and hashed. */
  onHashed(bytes: number): void
  /** Of worlds whose own is lost. */
  readonly seed: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Makes images of what was stored, and what has to be written where something is lost. */
export async function loadTenants(stored: StoredData, loading: Loading) {
  const images = new Map<string, KeptImage>()
  const rewrites: Write[] = []
  const checks: ContentChecks = new Map()
  for (const tenant of stored.tenants.values()) {
    await dropDamagedFiles(tenant, loading, checks)
    const read = imageOf(tenant, loading, await wholeSnapshots(tenant, loading, checks))
    const image = { ...read, platform: await withoutLostRuns(read.platform, tenant, loading, checks) }
    images.set(tenant.tenantId, image)
    if (tenant.isDamaged) rewrites.push(...rewrite(tenant, image, stored.commit))
    for (const saved of [image, ...image.snapshots.map((snapshot) => snapshot.image)])
      await prepareRuns(saved.platform, loading.executor)
  }
  return { images, rewrites }
}

/** What is wrong with content, by its id. */
type ContentChecks = Map<string, string | null>

/** A file without its content is lost. */
async function dropDamagedFiles(
  tenant: StoredTenant,
  loading: Loading,
  checks: ContentChecks,
): Promise<void> {
  const { values, tenantId } = tenant
  for (const [key, value] of [...values].filter(([name]) => name.startsWith('file/'))) {
    const file = attempt(() => readFile(value))
    const damage = file && !file.isDeleted ? await looked(file.bytes, loading, checks) : null
    if (!file || damage === null) continue
    values.delete(key)
    tenant.isDamaged = true
    loading.setAside.lose(`file ${file.id} (${JSON.stringify(file.name)}) of tenant ${tenantId}`, damage)
  }
}

/** Without those of which something is lost. */
async function wholeSnapshots(
  tenant: StoredTenant,
  loading: Loading,
  checks: ContentChecks,
): Promise<KeptSnapshot[]> {
  const { snapshots, losses } = readSnapshots(tenant.values)
  const lose = (what: string, why: string): void => {
    tenant.isDamaged = true
    loading.setAside.lose(`${what} of tenant ${tenant.tenantId}`, why)
  }
  for (const { what, why } of losses) lose(what, why)
  const whole: KeptSnapshot[] = []
  for (const snapshot of snapshots) {
    const damage = await damageIn(heldBytes(snapshot.image.platform), loading, checks)
    if (damage === null) whole.push(snapshot)
    else lose(`snapshot ${JSON.stringify(snapshot.name)}`, damage)
  }
  return whole
}

/** A run cannot go on with what it began with: it begins again, as one whose machines are gone. */
async function withoutLostRuns(
  platform: SavedPlatform,
  tenant: StoredTenant,
  loading: Loading,
  checks: ContentChecks,
): Promise<SavedPlatform> {
  const loseRun = async (job: SavedJob, run: SavedRun): Promise<SavedRun> => {
    const { active, displayOrder } = run
    const damage = active?.kind === 'planned' ? await damageIn(bytesOfRun(active), loading, checks) : null
    if (active === null || damage === null) return run
    tenant.isDamaged = true
    loading.setAside.lose(`run ${displayOrder} of job ${job.id} of tenant ${tenant.tenantId}`, damage)
    return { ...run, active: { kind: 'live', isStopping: active.isStopping } }
  }
  const jobs: SavedJob[] = []
  for (const job of platform.jobs) {
    const isActive = job.runs.some(({ active }) => active !== null)
    jobs.push(isActive ? { ...job, runs: await Promise.all(job.runs.map((run) => loseRun(job, run))) } : job)
  }
  return { ...platform, jobs }
}

async function damageIn(
  held: readonly StoredBytes[],
  loading: Loading,
  checks: ContentChecks,
): Promise<string | null> {
  for (const bytes of held) {
    const damage = await looked(bytes, loading, checks)
    if (damage !== null) return `content ${bytes.id}: ${damage}`
  }
  return null
}

/** Between two chances for whoever shows how far it is, or wants it to end. */
const LOOKS_IN_A_TURN = 64

async function looked(bytes: StoredBytes, { files, checked, onHashed }: Loading, checks: ContentChecks) {
  const before = checks.get(bytes.id)
  if (before !== undefined) return before
  // An id of no store is as good as no content.
  const damage = await damageOf(bytes, files, checked, onHashed).catch((error: Error) => error.message)
  checks.set(bytes.id, damage)
  if (checks.size % LOOKS_IN_A_TURN === 0) await setImmediate()
  return damage
}

function imageOf(
  tenant: StoredTenant,
  { seed, setAside, now }: Loading,
  snapshots: readonly KeptSnapshot[],
): KeptImage {
  const { tenantId, values, digest } = tenant
  const settings = attempt(() => readSettings(values.get(SETTINGS), 'settings'))
  if (!settings) setAside.lose(`settings of tenant ${tenantId}`, 'they are missing')
  values.delete(SETTINGS)
  const { saved, losses } = readWorld(values, `${seed}:${tenantId}`)
  for (const { what, why } of losses) setAside.lose(`${what} of tenant ${tenantId}`, why)
  if (losses.length > 0 || !settings) tenant.isDamaged = true
  const extras = new Map([...values].filter(([key]) => isExtra(key)))
  return {
    platform: saved,
    settings: settings ?? noSettings,
    snapshots,
    extras,
    savedAt: digest?.savedAt ?? now,
  }
}

const isExtra = (key: string): boolean => EXTRAS.some((extra) => extra === key)

const noSettings: TenantSettings = { pace: null, keys: { made: 0, keys: [] }, isMade: false }

function attempt<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof MalformedRecordError) return null
    throw error
  }
}

/** What is left of a damaged tenant, whole again. */
function rewrite(
  { records }: StoredTenant,
  { platform, settings, savedAt, snapshots, extras }: KeptImage,
  commit: number,
): Write[] {
  const told = [...new WorldTeller().all(platform), { key: SETTINGS, value: settings }]
  const untouched = snapshots.flatMap(({ number }) => records.keysWith(snapshotPrefix(number)))
  const kept = new Set([...told.map(({ key }) => key), ...extras.keys(), ...untouched])
  return [
    ...records.removeOthers(kept),
    ...told.flatMap((record) => records.write(record)),
    records.writeDigest(savedAt, commit),
  ]
}
