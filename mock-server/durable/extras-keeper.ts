import { snapshotPrefix, tellSnapshot } from '../worlds/records/snapshot-records.ts'
import type { ToldRecord } from '../worlds/records/tell-world.ts'
import type { Snapshot } from '../worlds/snapshot.ts'
import type { Write } from './database.ts'
import type { TenantRecords } from './tenant-records.ts'

/** What changes seldom, or is of little weight; versions tell when. */
export interface KeptExtras {
  /** Raised with every change that is to be on the disk before an answer tells of it. */
  version(): number
  /** Raised with every request: what it counts is written along with other things. */
  counted(): number
  /** Of a fixed number of keys; undefined for what there is nothing of. */
  records(): readonly ToldRecord[]
  snapshots(): readonly Snapshot[]
}

/** Counts alone are written so often at most, as part of other writes. Milliseconds of real time; ours. */
const COUNTS_EVERY_MS = 5_000

/** The extras of one tenant in the database. */
export class ExtrasKeeper {
  readonly #records: TenantRecords
  #version = 0
  #counted = 0
  #countsAt = Number.NEGATIVE_INFINITY
  /** Keys of snapshots in the database, by their numbers. */
  #snapshots = new Map<number, readonly string[]>()
  #keys = new Set<string>()
  /** The tenant ends: what was counted is written, too. */
  isLast = false

  constructor(records: TenantRecords) {
    this.#records = records
  }

  /** They are in the database as they are. */
  begin(extras: KeptExtras): void {
    this.#version = extras.version()
    this.#counted = extras.counted()
    for (const { key, value } of extras.records()) if (value !== undefined) this.#keys.add(key)
    for (const { number } of extras.snapshots())
      this.#snapshots.set(number, this.#records.keysWith(snapshotPrefix(number)))
  }

  hasChanged(extras: KeptExtras): boolean {
    return extras.version() !== this.#version || (this.isLast && extras.counted() !== this.#counted)
  }

  /** Nothing of it may be in the database. */
  doubt(): void {
    this.#version = -1
    this.#snapshots.clear()
  }

  keys(): Iterable<string> {
    return [...this.#keys, ...[...this.#snapshots.values()].flat()]
  }

  take(extras: KeptExtras, at: number): Write[] {
    const isChanged = this.hasChanged(extras)
    const isTime = extras.counted() !== this.#counted && at - this.#countsAt >= COUNTS_EVERY_MS
    if (!isChanged && !isTime) return []
    const writes = extras.records().flatMap((record) => this.#write(record))
    if (extras.version() !== this.#version) writes.push(...this.#takeSnapshots(extras.snapshots()))
    this.#version = extras.version()
    this.#counted = extras.counted()
    this.#countsAt = at
    return writes
  }

  #write(record: ToldRecord): Write[] {
    if (record.value === undefined) this.#keys.delete(record.key)
    else this.#keys.add(record.key)
    return this.#records.write(record)
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
export function frozen(extras: KeptExtras): KeptExtras {
  const [version, counted, records, snapshots] = [
    extras.version(),
    extras.counted(),
    JSON.parse(JSON.stringify(extras.records())) as ToldRecord[],
    [...extras.snapshots()],
  ]
  return {
    version: () => version,
    counted: () => counted,
    records: () => records,
    snapshots: () => snapshots,
  }
}
