import { snapshotPrefix, tellSnapshot } from '../worlds/records/snapshot-records.ts'
import type { Snapshot } from '../worlds/snapshot.ts'
import type { Write } from './database.ts'
import type { TenantRecords } from './tenant-records.ts'

/** A record of its own, which changes seldom or is of little weight; versions tell when. */
export interface KeptRecord {
  readonly key: string
  /** Raised with every change that is to be on the disk before an answer tells of it. */
  version(): number
  /** Raised with every request: what it counts is written along with other things. */
  counted?(): number
  /** Undefined when there is nothing. */
  value(): unknown
}

/** What is kept of a tenant besides its world and its settings. */
export interface KeptExtras {
  readonly records: readonly KeptRecord[]
  readonly snapshots: { version(): number; all(): readonly Snapshot[] }
}

/** Counts alone are written so often at most, as part of other writes. Milliseconds of real time; ours. */
export const COUNTS_EVERY_MS = 5_000

/** The extras of one tenant in the database. */
export class ExtrasKeeper {
  readonly #records: TenantRecords
  /** Of records that are in the database as they are, by key. */
  readonly #versions = new Map<string, { readonly version: number; readonly counted: number }>()
  readonly #keys = new Set<string>()
  #snapshotsVersion = 0
  /** Keys of snapshots in the database, by their numbers. */
  readonly #snapshots = new Map<number, readonly string[]>()
  #countsAt = Number.NEGATIVE_INFINITY
  /** The tenant ends: what was counted is written, too. */
  isLast = false

  constructor(records: TenantRecords) {
    this.#records = records
  }

  /** They are in the database as they are. */
  begin({ records, snapshots }: KeptExtras): void {
    for (const record of records) {
      this.#note(record)
      if (record.value() !== undefined) this.#keys.add(record.key)
    }
    this.#snapshotsVersion = snapshots.version()
    for (const { number } of snapshots.all())
      this.#snapshots.set(number, this.#records.keysWith(snapshotPrefix(number)))
  }

  hasChanged({ records, snapshots }: KeptExtras): boolean {
    if (snapshots.version() !== this.#snapshotsVersion) return true
    return records.some((record) => this.#isChanged(record) || (this.isLast && this.#isCounted(record)))
  }

  /** Nothing of it may be in the database. */
  doubt(): void {
    this.#versions.clear()
    for (const key of this.#keys) this.#versions.set(key, { version: -1, counted: -1 })
    this.#snapshotsVersion = -1
    this.#snapshots.clear()
  }

  keys(): Iterable<string> {
    return [...this.#keys, ...[...this.#snapshots.values()].flat()]
  }

  take({ records, snapshots }: KeptExtras, at: number): Write[] {
    const isTime = this.isLast || at - this.#countsAt >= COUNTS_EVERY_MS
    const changed = records.filter((record) => this.#isChanged(record) || (isTime && this.#isCounted(record)))
    if (changed.some(({ counted }) => counted)) this.#countsAt = at
    const writes = changed.flatMap((record) => this.#write(record))
    if (snapshots.version() === this.#snapshotsVersion) return writes
    this.#snapshotsVersion = snapshots.version()
    return [...writes, ...this.#takeSnapshots(snapshots.all())]
  }

  #isChanged({ key, version }: KeptRecord): boolean {
    return version() !== (this.#versions.get(key)?.version ?? 0)
  }

  #isCounted({ key, counted }: KeptRecord): boolean {
    return counted !== undefined && counted() !== (this.#versions.get(key)?.counted ?? 0)
  }

  #note({ key, version, counted }: KeptRecord): void {
    this.#versions.set(key, { version: version(), counted: counted?.() ?? 0 })
  }

  #write(record: KeptRecord): Write[] {
    this.#note(record)
    const [{ key }, value] = [record, record.value()]
    if (value === undefined) this.#keys.delete(key)
    else this.#keys.add(key)
    return this.#records.write({ key, value })
  }

  /** They never change. */
  #takeSnapshots(snapshots: readonly Snapshot[]): Write[] {
    const there = new Set(snapshots.map(({ number }) => number))
    const writes: Write[] = []
    for (const [number, keys] of this.#snapshots)
      if (!there.has(number)) {
        writes.push(...keys.flatMap((key) => this.#records.write({ key, value: undefined })))
        this.#snapshots.delete(number)
      }
    for (const snapshot of snapshots)
      if (!this.#snapshots.has(snapshot.number)) {
        const told = [...tellSnapshot(snapshot)]
        writes.push(...told.flatMap((record) => this.#records.write(record)))
        this.#snapshots.set(
          snapshot.number,
          told.map(({ key }) => key),
        )
      }
    return writes
  }
}

/** As they are now, whatever becomes of them. */
export function frozen({ records, snapshots }: KeptExtras): KeptExtras {
  const [version, all] = [snapshots.version(), [...snapshots.all()]]
  return {
    records: records.map(frozenRecord),
    snapshots: { version: () => version, all: () => all },
  }
}

function frozenRecord(record: KeptRecord): KeptRecord {
  const [version, counted] = [record.version(), record.counted?.()]
  const text = JSON.stringify(record.value()) as string | undefined
  const value: unknown = text === undefined ? undefined : JSON.parse(text)
  const { key } = record
  return {
    key,
    version: () => version,
    value: () => value,
    ...(counted !== undefined && { counted: () => counted }),
  }
}
