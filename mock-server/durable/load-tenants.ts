import type { Executor } from '../domain/executor.ts'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import { prepareRuns } from '../domain/saved/prepare-runs.ts'
import type { SavedPlatform } from '../domain/saved/saved-platform.ts'
import { MalformedRecordError } from '../worlds/records/fields.ts'
import { readFile } from '../worlds/records/file-record.ts'
import { readWorld } from '../worlds/records/read-world.ts'
import { WorldTeller } from '../worlds/records/tell-world.ts'
import { readSettings, SETTINGS, type TenantSettings } from '../worlds/settings-record.ts'
import { damageOf, MOST_HASHED } from './content-check.ts'
import type { Write } from './database.ts'
import type { StoredData, StoredTenant } from './read-database.ts'
import type { SetAside } from './set-aside.ts'

/** A tenant as it was when the last process ended. */
export interface KeptImage {
  readonly platform: SavedPlatform
  readonly settings: TenantSettings
  /** Real time then, in milliseconds since 1970. */
  readonly savedAt: number
}

export interface Loading {
  readonly files: FileStore
  readonly executor: Executor
  readonly setAside: SetAside
  /** Of worlds whose own is lost. */
  readonly seed: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Makes images of what was stored, and what has to be written where something is lost. */
export async function loadTenants(stored: StoredData, loading: Loading) {
  const images = new Map<string, KeptImage>()
  const rewrites: Write[] = []
  const budget = { left: MOST_HASHED }
  const known = new Map<string, string | null>()
  for (const tenant of stored.tenants.values()) {
    await dropDamagedFiles(tenant, loading, { budget, known })
    const image = imageOf(tenant, loading)
    images.set(tenant.tenantId, image)
    if (tenant.isDamaged) rewrites.push(...rewrite(tenant, image))
    await prepareRuns(image.platform, loading.executor)
  }
  return { images, rewrites }
}

interface ContentChecks {
  readonly budget: { left: number }
  /** What is wrong with content, by its id. */
  readonly known: Map<string, string | null>
}

/** A file without its content is lost. */
async function dropDamagedFiles(
  tenant: StoredTenant,
  loading: Loading,
  checks: ContentChecks,
): Promise<void> {
  const { values, tenantId } = tenant
  for (const [key, value] of [...values].filter(([name]) => name.startsWith('file/'))) {
    const file = attempt(() => readFile(value))
    const damage = file && !file.isDeleted ? await checked(file.bytes, loading, checks) : null
    if (!file || damage === null) continue
    values.delete(key)
    tenant.isDamaged = true
    loading.setAside.lose(`file ${file.id} (${JSON.stringify(file.name)}) of tenant ${tenantId}`, damage)
  }
}

async function checked(bytes: StoredBytes, { files }: Loading, { budget, known }: ContentChecks) {
  const before = known.get(bytes.id)
  if (before !== undefined) return before
  // An id of no store is as good as no content.
  const damage = await damageOf(bytes, files, budget).catch((error: Error) => error.message)
  known.set(bytes.id, damage)
  return damage
}

function imageOf(tenant: StoredTenant, { seed, setAside, now }: Loading): KeptImage {
  const { tenantId, values, digest } = tenant
  const settings = attempt(() => readSettings(values.get(SETTINGS), 'settings'))
  if (!settings) setAside.lose(`settings of tenant ${tenantId}`, 'they are missing')
  values.delete(SETTINGS)
  const { saved, losses } = readWorld(values, `${seed}:${tenantId}`)
  for (const { what, why } of losses) setAside.lose(`${what} of tenant ${tenantId}`, why)
  if (losses.length > 0 || !settings) tenant.isDamaged = true
  return { platform: saved, settings: settings ?? noSettings, savedAt: digest?.savedAt ?? now }
}

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
function rewrite({ records }: StoredTenant, { platform, settings, savedAt }: KeptImage): Write[] {
  const told = [...new WorldTeller().all(platform), { key: SETTINGS, value: settings }]
  const kept = new Set(told.map(({ key }) => key))
  return [
    ...records.removeOthers(kept),
    ...told.flatMap((record) => records.write(record)),
    records.writeDigest(savedAt),
  ]
}
