import type { SavedKeys } from '../authorized-keys.ts'
import type { Instant } from '../domain/instant.ts'
import { holdWorld, letGoOfWorld } from '../domain/saved/held-bytes.ts'
import type { SavedPlatform } from '../domain/saved/saved-platform.ts'
import type { SharedBytes } from '../domain/shared-bytes.ts'
import type { Pace } from '../pace.ts'

/** A tenant at an instant: jobs, files, clock, storage devices and public keys. It never changes. */
export interface TenantImage {
  readonly platform: SavedPlatform
  readonly pace: Pace
  readonly keys: SavedKeys
}

export interface SnapshotSummary {
  readonly name: string
  /** What the clock of the world said. */
  readonly takenAt: Instant
  readonly jobs: number
  readonly files: number
}

/** A snapshot as it comes from a disk. */
export interface KeptSnapshot {
  readonly number: number
  readonly name: string
  readonly image: TenantImage
}

/** Keeps an image, and the bytes of its files, until it is released. */
export class Snapshot {
  /** Counted, of one tenant. */
  readonly number: number
  readonly name: string
  readonly image: TenantImage
  readonly #sharedBytes: SharedBytes

  constructor(name: string, image: TenantImage, sharedBytes: SharedBytes, number = 0) {
    this.number = number
    this.name = name
    this.image = image
    this.#sharedBytes = sharedBytes
    holdWorld(image.platform, sharedBytes)
  }

  summary(): SnapshotSummary {
    const { clock, jobs, shelf } = this.image.platform
    return { name: this.name, takenAt: clock.now, jobs: jobs.length, files: shelf.listed.count }
  }

  /** The promise is about bytes that nobody else needs. */
  release(): Promise<void> {
    return letGoOfWorld(this.image.platform, this.#sharedBytes)
  }
}
