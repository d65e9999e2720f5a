import type { Platform } from '../domain/platform.ts'
import { ChangeLog } from '../domain/saved/change-log.ts'
import { type ToldRecord, WorldTeller } from '../worlds/records/tell-world.ts'
import { SETTINGS } from '../worlds/settings-record.ts'
import type { Write } from './database.ts'
import { ExtrasKeeper, frozen, type KeptExtras } from './extras-keeper.ts'
import type { TenantRecords } from './tenant-records.ts'

/** What is kept of a tenant, besides its world as JSON. */
export interface KeptTenant {
  readonly platform: Platform
  settings(): unknown
  readonly extras: KeptExtras
}

/** What a tenant asks of whoever keeps its world on a disk. */
export interface Keeping {
  /** Where its platform notes what changes. */
  readonly changes: ChangeLog
  /** From now on what changes is kept. With `isNew` nothing is on the disk yet. */
  begin(tenant: KeptTenant, options: { readonly isNew: boolean }): void
  /** Something changed that the platform does not note. */
  note(): void
  /** The tenant is about to stop: what it is now is what is kept, with all that was counted. */
  finish(): void
  /** Resolves when all that happened until now is on the disk; undefined when it is already. */
  saved(): Promise<void> | undefined
}

/** Turns what changed in one tenant's world into writes. */
export class TenantKeeper {
  readonly changes: ChangeLog
  readonly #records: TenantRecords
  #teller = new WorldTeller()
  #tenant: KeptTenant | undefined
  #settings = ''
  readonly #extras: ExtrasKeeper

  constructor(records: TenantRecords, onFirst: () => void) {
    this.#records = records
    this.#extras = new ExtrasKeeper(records)
    this.changes = new ChangeLog(onFirst)
  }

  begin(tenant: KeptTenant, { isNew }: { readonly isNew: boolean }): void {
    this.#tenant = tenant
    if (isNew) this.changes.everything()
    else {
      this.#settings = JSON.stringify(tenant.settings())
      this.#extras.begin(tenant.extras)
    }
  }

  get hasChanged(): boolean {
    if (this.#tenant === undefined) return false
    return (
      !this.changes.isEmpty ||
      this.#extras.hasChanged(this.#tenant.extras) ||
      this.#changedSettings() !== null
    )
  }

  get tenantId(): string {
    return this.#records.tenantId
  }

  /** What brings the database up to date, by this commit. */
  take(savedAt: number, commit: number): Write[] {
    const writes = [...this.#changedRecords(), ...this.#changedExtras(savedAt)]
    return writes.length === 0 ? [] : [...writes, this.#records.writeDigest(savedAt, commit)]
  }

  /** From now on the tenant is as it is now. */
  finish(): void {
    if (!this.#tenant) return
    const { platform, extras } = this.#tenant
    const settings = JSON.parse(JSON.stringify(this.#tenant.settings())) as unknown
    this.changes.clock()
    this.#tenant = { platform, settings: () => settings, extras: frozen(extras) }
    this.#extras.isLast = true
  }

  /** What was taken is on the disk. */
  confirm(): void {
    this.#records.confirm()
  }

  /** What was taken may be on the disk or not: all is written again with the next. */
  doubt(): void {
    this.#records.doubt()
    this.#settings = ''
    this.#extras.doubt()
    this.changes.everything()
  }

  /** Nothing of the tenant is kept any more. */
  forget(): Write[] {
    this.#tenant = undefined
    this.changes.take()
    return this.#records.removeAll()
  }

  #changedExtras(savedAt: number): Write[] {
    return this.#tenant ? this.#extras.take(this.#tenant.extras, savedAt) : []
  }

  #changedRecords(): Write[] {
    if (!this.#tenant) return []
    const { platform } = this.#tenant
    const changed = this.changes.take()
    const settings = this.#takeSettings()
    if (changed?.everything) return this.#everything(platform, settings)
    const told = changed ? this.#teller.changed(platform.saveChanges(changed)) : []
    return [...told, ...settings].flatMap((record) => this.#records.write(record))
  }

  #everything(platform: Platform, settings: readonly ToldRecord[]): Write[] {
    this.#teller = new WorldTeller()
    const kept = new Set([SETTINGS, ...this.#extras.keys()])
    const writes: Write[] = []
    for (const record of [...this.#teller.all(platform.save()), ...settings]) {
      kept.add(record.key)
      writes.push(...this.#records.write(record))
    }
    return [...this.#records.removeOthers(kept), ...writes]
  }

  #changedSettings(): string | null {
    const settings = JSON.stringify(this.#tenant?.settings())
    return settings === this.#settings ? null : settings
  }

  #takeSettings(): ToldRecord[] {
    const settings = this.#changedSettings()
    if (settings === null) return []
    this.#settings = settings
    return [{ key: SETTINGS, value: JSON.parse(settings) }]
  }
}
