import type { AuthorizedKeys } from '../authorized-keys.ts'
import type { Executor } from '../domain/executor.ts'
import type { FileStore } from '../domain/file-store.ts'
import type { Duration } from '../domain/instant.ts'
import type { Platform } from '../domain/platform.ts'
import { prepareRuns } from '../domain/saved/prepare-runs.ts'
import type { SharedBytes } from '../domain/shared-bytes.ts'
import type { Pace, Pacer } from '../pace.ts'
import { exportWorld } from './export-world.ts'
import { importWorld } from './import-world.ts'
import type { TenantSettings } from './settings-record.ts'
import { type KeptSnapshot, Snapshot, type SnapshotSummary, type TenantImage } from './snapshot.ts'
import type { WorldSeed } from './world-seed.ts'

/** Of one tenant: each keeps the bytes of its files. */
export const MAX_SNAPSHOTS = 100

/** What a snapshot is called when nobody says how. */
export const DEFAULT_SNAPSHOT = 'snapshot'

export interface TenantWorldsParts {
  readonly platform: Platform
  readonly pacer: Pacer
  readonly authorizedKeys: AuthorizedKeys
  readonly sharedBytes: SharedBytes
  readonly files: FileStore
  readonly executor: Executor
  settings(): TenantSettings
  seed(seed: WorldSeed): Promise<void>
  /** Null is the server's own. @throws {RangeError} for what is none */
  paceFrom(text: string | null): Pace
  /** The tenant as it is when its key is used for the first time. */
  beginning(): TenantImage
  /** Snapshots were taken or dropped. */
  onSnapshots?(): void
  /** Puts another tenant, whose key has no world yet, in this world. */
  fork(image: TenantImage, apiKey: string | undefined): Fork | ForkRefusal
}

/** A new tenant. Its key is told to whoever made it, and to nobody else. */
export interface Fork {
  readonly tenantId: string
  readonly apiKey: string
}

/** Why there can be no such tenant. */
export const forkRefusals = {
  'in use': 'This key has a world already.',
  'not accepted': 'This server accepts given keys only: make one with the admin token first.',
  full: 'There is no room for another world.',
} as const

export type ForkRefusal = keyof typeof forkRefusals

/** The worlds that a tenant was in, or could be in: what it can return to. */
export class TenantWorlds {
  readonly #parts: TenantWorldsParts
  readonly #snapshots = new Map<string, Snapshot>()
  #taken = 0
  #version = 0
  readonly #listeners: (() => void)[] = []

  constructor(parts: TenantWorldsParts) {
    this.#parts = parts
  }

  /** To be told when the world has become another: what was noted or planned for the old one means nothing in it. */
  onAnotherWorld(listener: () => void): void {
    this.#listeners.push(listener)
  }

  image(): TenantImage {
    const { platform, pacer, authorizedKeys } = this.#parts
    return { platform: platform.save(), pace: pacer.pace, keys: authorizedKeys.save() }
  }

  /** Puts the tenant in this world. The promise is about the bytes of the one before. */
  enter({ platform: saved, pace, keys }: TenantImage): Promise<void> {
    const { platform, pacer, authorizedKeys } = this.#parts
    pacer.close()
    const freed = platform.restore(saved)
    authorizedKeys.load(keys)
    pacer.beginAnew(pace)
    for (const listener of this.#listeners) listener()
    return freed
  }

  /** Puts a tenant that has just been made in the world in which it was; time goes on by what has passed. */
  wake({ platform: saved, pace, keys }: TenantImage, passed: Duration): void {
    const { platform, pacer, authorizedKeys } = this.#parts
    pacer.close()
    void platform.restore(saved, { isKept: true })
    authorizedKeys.load(keys)
    platform.advance(passed)
    pacer.beginAnew(pace)
  }

  /** Adds files and jobs, which are in any state. @throws {SeedError} and then nothing has changed */
  async seed(seed: WorldSeed): Promise<void> {
    await this.#parts.seed(seed)
    this.#parts.pacer.reanchor()
  }

  /** As if the key had never been used; snapshots stay. */
  reset(): Promise<void> {
    return this.enter(this.#parts.beginning())
  }

  /** Newest first. */
  snapshots(): readonly SnapshotSummary[] {
    return [...this.#snapshots.values()].reverse().map((snapshot) => snapshot.summary())
  }

  /** Takes the place of one of the same name. Null when there are too many. */
  take(name: string): SnapshotSummary | null {
    if (!this.#snapshots.has(name) && this.#snapshots.size >= MAX_SNAPSHOTS) return null
    void this.drop(name)
    this.#taken += 1
    const snapshot = new Snapshot(name, this.image(), this.#parts.sharedBytes, this.#taken)
    this.#snapshots.set(name, snapshot)
    this.#changed()
    return snapshot.summary()
  }

  /** Raised with every snapshot that is taken or dropped. */
  get version(): number {
    return this.#version
  }

  /** The oldest first. */
  allSnapshots(): readonly Snapshot[] {
    return [...this.#snapshots.values()]
  }

  /** Snapshots of another process, the oldest first. */
  loadSnapshots(kept: readonly KeptSnapshot[]): void {
    for (const { name, image, number } of kept) {
      this.#snapshots.set(name, new Snapshot(name, image, this.#parts.sharedBytes, number))
      this.#taken = Math.max(this.#taken, number)
    }
  }

  get(name: string): Snapshot | undefined {
    return this.#snapshots.get(name)
  }

  /** From a snapshot, or as it is now. `undefined` when there is no such snapshot. */
  fork({ apiKey, snapshot }: { apiKey?: string | undefined; snapshot?: string | undefined }) {
    const image = snapshot === undefined ? this.image() : this.#snapshots.get(snapshot)?.image
    return image && this.#parts.fork(image, apiKey)
  }

  /** The world as it is now, as one file. The bytes of its files stay until it is read, or given up. */
  async *export(): AsyncGenerator<Uint8Array> {
    const { sharedBytes, files, settings } = this.#parts
    const snapshot = new Snapshot('export', this.image(), sharedBytes)
    try {
      yield* exportWorld(snapshot.image.platform, { ...settings(), isMade: false }, files)
    } finally {
      await snapshot.release()
    }
  }

  /**
   * Puts the tenant in a world that was exported, with its pace and public keys. Nothing changes when it is refused.
   * @throws {WorldFileError}
   */
  async import(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const { sharedBytes, files, executor, paceFrom } = this.#parts
    const { saved, settings, bytes } = await importWorld(chunks, files)
    try {
      await prepareRuns(saved, executor)
      await this.enter({ platform: saved, pace: paceFrom(settings.pace), keys: settings.keys })
    } finally {
      await sharedBytes.releaseAll(bytes)
    }
  }

  /** False when there is none. The promise is about bytes that nobody else needs. */
  async drop(name: string): Promise<boolean> {
    const snapshot = this.#snapshots.get(name)
    if (this.#snapshots.delete(name)) this.#changed()
    await snapshot?.release()
    return snapshot !== undefined
  }

  #changed(): void {
    this.#version += 1
    this.#parts.onSnapshots?.()
  }

  async close(): Promise<void> {
    for (const name of [...this.#snapshots.keys()]) await this.drop(name)
  }
}
