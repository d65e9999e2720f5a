import { randomBytes } from 'node:crypto'
import { knownCatalogue } from './catalogue/known-catalogue.ts'
import { tenantCatalogue } from './catalogue/tenant-catalogue.ts'
import type { Catalogue } from './domain/catalogue.ts'
import type { Executor } from './domain/executor.ts'
import type { FileStore } from './domain/file-store.ts'
import type { SshAddress } from './domain/instances.ts'
import { type Duration, type Instant, instantOf, latestInstant, millisecond } from './domain/instant.ts'
import { openPlatform } from './domain/open-platform.ts'
import { Platform } from './domain/platform.ts'
import type { PlatformOptions } from './domain/platform-parts.ts'
import type { Quirks } from './domain/quirks.ts'
import { Random } from './domain/random.ts'
import type { SharedBytes } from './domain/shared-bytes.ts'
import type { DataFolder } from './durable/data-folder.ts'
import { bytesOf, type KeptImage } from './durable/load-tenants.ts'
import { isApiKey } from './exchange/authenticate.ts'
import { FaultPlans } from './faults/fault-plans.ts'
import { JournalControl } from './journal/journal-control.ts'
import type { Journals } from './journal/journals.ts'
import { tenantIdOf } from './journal/tenant-id.ts'
import { type Pace, type Paced, Pacer, paceText, parsePace } from './pace.ts'
import { type SeedPlace, seedWorld } from './seeding/seed-world.ts'
import { SeededWorlds } from './seeding/seeded-worlds.ts'
import { Tenant } from './tenant.ts'
import { extrasOf, loadExtras } from './tenant-extras.ts'
import { Throttle } from './throttling/throttle.ts'
import { MAX_WAIT_MS, Waiters } from './waiters.ts'
import type { WallClock } from './wall-clock.ts'
import { Beginnings } from './worlds/beginnings.ts'
import type { TenantSettings } from './worlds/settings-record.ts'
import type { TenantImage } from './worlds/snapshot.ts'
import type { Fork, ForkRefusal } from './worlds/tenant-worlds.ts'
import type { WorldSeed } from './worlds/world-seed.ts'

/** Worlds that one server holds at most, each of some 66 kB when new: a client that makes up keys must not grow it without bound. */
export const MAX_TENANTS = 2_000

const KEY_BYTES = 20
export const newKey = (): string => randomBytes(KEY_BYTES).toString('hex')

/** Where time does not run by itself it begins here, so that the same requests get the same answers. */
const FIXED_START = new Date('2026-01-05T09:00:00Z')

/** What a world is seeded with is older by weeks, and not older than 1970. Ours. */
const EARLIEST_START = new Date('1971-01-01T00:00:00Z')

/**
 * Where time runs faster than real time, a world begins so long ago: what is made in it lies in the past for a day
 * of work, and within the last 24 hours, as the tutorial's search for files "of today" wants (NB 82). Milliseconds.
 */
export const HEAD_START = 12 * 3_600_000

export interface TenantsOptions {
  /** Empty: every key is accepted, and is a world of its own. */
  readonly apiKeys: readonly string[]
  readonly seed: string
  /** Virtual time at the beginning of a world; without it, near real time where time runs along, else a fixed instant. */
  readonly startAt?: Date | undefined
  /** Of new worlds; may be changed. */
  readonly defaults: { pace: Pace; throttling: boolean }
  readonly wall: WallClock
  readonly journals: Journals
  readonly files: FileStore
  readonly sharedBytes: SharedBytes
  readonly executor: Executor
  readonly quirks: Quirks
  readonly catalogue: () => Promise<Catalogue>
  /** Where worlds are kept that outlive the process. */
  readonly data?: DataFolder | undefined
  /** Hears of what is the mock's own fault. */
  onError(error: unknown): void
  /** Where a job's own commands reach the API, e.g. `http://127.0.0.1:8484`; unknown until the server listens. */
  apiBaseUrl(): string | undefined
  /** Where clusters can be reached; undefined as long as no SSH server listens. */
  ssh(): SshAddress | undefined
  /** A run is not under way any more: logins to its cluster end. */
  onRunOver(tenantId: string, jobId: string): void
}

export interface SleepingTenant {
  readonly tenantId: string
  readonly now: Instant
  readonly pace: string
  readonly jobs: number
}

async function end(tenant: Tenant): Promise<void> {
  tenant.stop()
  tenant.journal.clear()
  await tenant.worlds.close()
  await tenant.platform.close()
}

/** Requests with it would be nobody's. */
function refuseOddKey(key: string): void {
  if (!isApiKey(key)) throw new RangeError('An API key has forty lower-case hexadecimal characters.')
}

/** The credential is the namespace: nothing to set up, and parallel tests never meet. */
export class Tenants {
  readonly #options: TenantsOptions
  readonly #tenants = new Map<string, Tenant>()
  /** Keys that were made later, besides those that are accepted from the beginning. */
  readonly #madeKeys = new Set<string>()
  readonly #seeded: SeededWorlds
  readonly #beginnings: Beginnings

  /** @throws {RangeError} for a beginning outside of time, and a key that no request could have */
  constructor(options: TenantsOptions) {
    const { startAt, apiKeys } = options
    for (const key of apiKeys) refuseOddKey(key)
    if (startAt && !(startAt >= EARLIEST_START && instantOf(startAt) <= latestInstant))
      throw new RangeError('Virtual time begins between the years 1971 and 2255.')
    this.#options = options
    this.#seeded = new SeededWorlds(options.sharedBytes)
    this.#beginnings = new Beginnings(options.sharedBytes, knownCatalogue)
  }

  /** Null for a key that is not among the accepted ones. */
  of(key: string): Tenant | null {
    const known = this.#tenants.get(key)
    if (known) return known
    return this.accepts(key) && this.#hasRoom(key) ? this.#make(key) : null
  }

  /** Whether there is, or may be, a world of this key. */
  accepts(key: string): boolean {
    if (!isApiKey(key)) return false
    const { apiKeys } = this.#options
    if (apiKeys.length === 0 || apiKeys.includes(key) || this.#madeKeys.has(key)) return true
    const isMade = this.#options.data?.asleep.get(tenantIdOf(key))?.settings.isMade ?? false
    if (isMade) this.#madeKeys.add(key)
    return isMade
  }

  /** Worlds that sleep on the disk take their place, too. */
  #hasRoom(key: string): boolean {
    const asleep = this.#options.data?.asleep
    return this.#tenants.size + (asleep?.size ?? 0) < MAX_TENANTS || (asleep?.has(tenantIdOf(key)) ?? false)
  }

  /** The world of a key that is accepted from now on; null when there are too many worlds. @throws {RangeError} for an odd key */
  create(key: string): Tenant | null {
    refuseOddKey(key)
    if (!this.#tenants.has(key) && !this.#hasRoom(key)) return null
    this.#madeKeys.add(key)
    return this.of(key)
  }

  /** Ends a world. False when there is no such one. The promise is about the bytes of its files. */
  async delete(tenantId: string): Promise<boolean> {
    const { data } = this.#options
    const [key, tenant] = this.entries().find(([, { platform }]) => platform.tenantId === tenantId) ?? []
    if (!tenant && !data?.asleep.has(tenantId)) return false
    for (const made of this.#madeKeys) if (tenantIdOf(made) === tenantId) this.#madeKeys.delete(made)
    if (key !== undefined) this.#tenants.delete(key)
    if (tenant) {
      const forgotten = [this.#seeded.forget(tenant.platform), this.#beginnings.forget(tenantId)]
      await Promise.all([end(tenant), ...forgotten])
    }
    await data?.forget(tenantId)
    return true
  }

  /** Worlds on the disk whose keys nobody has used since the start, as they would wake now. */
  asleep(): readonly SleepingTenant[] {
    return [...(this.#options.data?.asleep ?? [])].map(([tenantId, kept]) => ({
      tenantId,
      now: Math.min(kept.platform.clock.now + this.#passedSince(kept), latestInstant),
      pace: paceText(this.#paceOf(kept)),
      jobs: kept.platform.jobs.length,
    }))
  }

  /** By key, the oldest first. */
  entries(): readonly (readonly [key: string, tenant: Tenant])[] {
    return [...this.#tenants]
  }

  [Symbol.iterator](): IterableIterator<Tenant> {
    return this.#tenants.values()
  }

  close(): void {
    for (const tenant of this.#tenants.values()) {
      // What is kept is told to be of now.
      tenant.pacer.catchUp()
      tenant.finish()
      tenant.stop()
    }
    this.#tenants.clear()
  }

  /** The world of a key that has none yet becomes the same as another, and goes on apart from it. */
  #fork(image: TenantImage, apiKey = newKey()): Fork | ForkRefusal {
    refuseOddKey(apiKey)
    if (this.#tenants.has(apiKey) || this.#options.data?.asleep.has(tenantIdOf(apiKey))) return 'in use'
    if (!this.#hasRoom(apiKey)) return 'full'
    if (!this.accepts(apiKey)) return 'not accepted'
    const tenant = this.#make(apiKey, image)
    return { tenantId: tenant.platform.tenantId, apiKey }
  }

  /** In a world like others when they begin, or in this one. */
  #make(key: string, image?: TenantImage): Tenant {
    const { journals, seed, wall, sharedBytes, defaults, data } = this.#options
    const tenantId = tenantIdOf(key)
    const keeping = data?.keep(tenantId)
    const kept = data?.wake(tenantId) ?? null
    const onLiveRunEnded = (tell: () => void): void => {
      pacer.catchUp()
      tell()
      pacer.after()
      waiters.notify()
    }
    const onRunOver = (jobId: string): void => this.#options.onRunOver(tenantId, jobId)
    const options = this.#platformOptions(key, { onLiveRunEnded, onRunOver, changes: keeping?.changes })
    const platform = (image ?? kept) ? new Platform(options) : openPlatform(options, knownCatalogue)
    const waiters = new Waiters(wall)
    const pacer = new Pacer(pacedBy(platform, waiters), defaults.pace, wall)
    const onChange = (): void => keeping?.note()
    const faults = new FaultPlans({ random: new Random(`${seed}:${tenantId}`), wall, onChange })
    const journal = new JournalControl(() => journals.of(tenantId), wall)
    const throttle = new Throttle(defaults.throttling, onChange)
    const catalogue = tenantCatalogue(this.#options.catalogue, () => platform.catalogueEntries)
    const parts = { faults, throttle, waiters, journal, keeping, catalogue }
    const fork = (image: TenantImage, apiKey: string | undefined) => this.#fork(image, apiKey)
    const settings = (): TenantSettings => this.#settings(key, tenant)
    const paceFrom = (text: string | null): Pace => (text === null ? defaults.pace : parsePace(text))
    const { files, executor } = this.#options
    const stores = { sharedBytes, files, executor }
    const seedPlace: SeedPlace = {
      ...stores,
      platform,
      seeded: this.#seeded,
      catalogue: this.#options.catalogue,
      stands: () => pacer.pace.kind !== 'times',
      moved: () => pacer.reanchor(),
      until: (isSo) => waiters.until(isSo, { milliseconds: MAX_WAIT_MS }),
    }
    const seedIt = (given: WorldSeed): Promise<void> => seedWorld(seedPlace, given)
    const tenant: Tenant = new Tenant(platform, pacer, parts, {
      ...stores,
      beginning: () => this.#beginnings.of(this.#platformOptions(key), defaults.pace),
      fork,
      settings,
      paceFrom,
      seed: seedIt,
      onSnapshots: onChange,
    })
    this.#tenants.set(key, tenant)
    if (image) void tenant.worlds.enter(image)
    else if (kept) this.#wake(tenant, kept)
    keeping?.begin({ platform, settings, extras: extrasOf(tenant) }, { isNew: kept === null })
    return tenant
  }

  /** The tenant goes on where it was when the last process ended. */
  #wake(tenant: Tenant, kept: KeptImage): void {
    const { platform, settings } = kept
    const pace = this.#paceOf(kept)
    tenant.worlds.wake({ platform, pace, keys: settings.keys }, this.#passedSince(kept))
    loadExtras(tenant, kept, this.#options.onError)
    void this.#options.sharedBytes.releaseAll(bytesOf(kept))
  }

  #paceOf({ settings }: KeptImage): Pace {
    return settings.pace === null ? this.#options.defaults.pace : parsePace(settings.pace)
  }

  // Real time went on meanwhile, and with it time that runs along; as fast as real time, for nobody waited for anything.
  #passedSince(kept: KeptImage): Duration {
    if (this.#paceOf(kept).kind !== 'times') return 0
    return Math.floor(Math.max(0, this.#options.wall.now() - kept.savedAt) * millisecond)
  }

  /** What is kept of a tenant besides its world. */
  #settings(key: string, { pacer, authorizedKeys }: Tenant): TenantSettings {
    const [pace, usual] = [pacer.pace, this.#options.defaults.pace].map(paceText)
    return {
      pace: pace === usual || pace === undefined ? null : pace,
      keys: authorizedKeys.save(),
      isMade: this.#madeKeys.has(key),
    }
  }

  #platformOptions(
    key: string,
    hooks: Pick<PlatformOptions, 'onLiveRunEnded' | 'onRunOver' | 'changes'> = {},
  ): PlatformOptions {
    const { seed, startAt, wall, files, sharedBytes, executor, quirks, defaults } = this.#options
    const tenantId = tenantIdOf(key)
    return {
      tenantId,
      seed: `${seed}:${tenantId}`,
      startsAt: instantOf(startAt ?? beginning(defaults.pace, wall)),
      files,
      sharedBytes,
      executor,
      quirks,
      environment: this.#environment(key),
      ssh: this.#options.ssh(),
      ...hooks,
    }
  }

  // Jobs get a key and the address of the API (facts §9.2). The platform's key is short-lived; ours is the tenant's own.
  #environment(key: string): Readonly<Record<string, string>> {
    const apiBaseUrl = this.#options.apiBaseUrl()
    return apiBaseUrl ? { RESCALE_API_KEY: key, RESCALE_API_BASE_URL: apiBaseUrl } : {}
  }
}

// The key itself is kept nowhere but in the map of tenants.
function beginning(pace: Pace, wall: WallClock): Date {
  if (pace.kind !== 'times') return FIXED_START
  return new Date(wall.now() - (pace.factor > 1 ? HEAD_START : 0))
}

const pacedBy = (platform: Platform, waiters: Waiters): Paced => ({
  now: () => platform.now(),
  nextDue: () => platform.nextDue(),
  isRunning: () => platform.jobs({ active: true }).count > 0,
  advanceTo(instant) {
    platform.advanceTo(instant)
    waiters.notify()
  },
  settle() {
    platform.settle()
    waiters.notify()
  },
})
