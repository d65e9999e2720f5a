import type { RunInput } from '../domain/executor.ts'
import type { Platform } from '../domain/platform.ts'
import { RecentlyUsed } from '../domain/recently-used.ts'
import { heldBytes, letGoOfWorld } from '../domain/saved/held-bytes.ts'
import { inputsUnderWay } from '../domain/saved/prepare-runs.ts'
import type { SavedPlatform } from '../domain/saved/saved-platform.ts'
import type { SharedBytes } from '../domain/shared-bytes.ts'
import type { WorldSeed } from '../worlds/world-seed.ts'
import { isToldAs, type ToldData, tellData } from './told-data.ts'
import { WorldDigests } from './world-digests.ts'

/** Of one server, the last that were used. A test suite has a few seeds, and a key or some for its workers. Ours. */
export const MOST_SEEDED_WORLDS = 32

/** What they may take together, as it is estimated. Bytes; ours. */
export const MOST_SEEDED_BYTES = 64 * 1024 * 1024

/** About what a file, and a job, takes on Node's heap as it was seeded and as it is. Bytes. */
const FILE_BYTES = 800
const JOB_BYTES = 3_000

/** What a seed made of a world. */
export interface SeededWorld {
  /** Ids, keys and the like in it are this platform's. */
  readonly of: Platform
  /** The digest of the world in which it was seeded. */
  readonly before: string
  readonly seed: ToldData
  readonly after: SavedPlatform
  /** Of jobs under way in it. */
  readonly inputs: readonly RunInput[]
  /** By its executor, before it looked into them. */
  readonly forgotten: number | undefined
  readonly size: number
}

type KeptWorld = Pick<SeededWorld, 'of' | 'before' | 'after' | 'forgotten'> & { readonly seed: WorldSeed }

/** Worlds that seeds led to: the same seed in the same world leads there again, without the way. */
export class SeededWorlds {
  readonly digests = new WorldDigests()
  readonly #sharedBytes: SharedBytes
  readonly #worlds: RecentlyUsed<SeededWorld, SeededWorld>

  constructor(sharedBytes: SharedBytes) {
    this.#sharedBytes = sharedBytes
    this.#worlds = new RecentlyUsed<SeededWorld, SeededWorld>({
      most: MOST_SEEDED_WORLDS,
      mostBytes: MOST_SEEDED_BYTES,
      sizeOf: ({ size }) => size,
      onForgotten: ({ after }) => void letGoOfWorld(after, sharedBytes),
    })
  }

  /** Whatever the world was in which it was seeded. To be put back: bytes are there as long as they are not. */
  take(of: Platform, seed: WorldSeed): readonly SeededWorld[] {
    const known = this.#of(of).filter((world) => isToldAs(world.seed, seed))
    for (const world of known) this.#worlds.delete(world)
    return known
  }

  put(world: SeededWorld): void {
    this.#worlds.set(world, world)
  }

  /** Takes over the world `after`, which is held for it. */
  keep({ seed, ...world }: KeptWorld): void {
    const { after } = world
    this.digests.renew()
    const told = tellData(seed)
    const size = sizeOf(after)
    if (told && size <= MOST_SEEDED_BYTES)
      this.put({ ...world, seed: told, inputs: inputsUnderWay(after), size })
    else void letGoOfWorld(after, this.#sharedBytes)
  }

  /** The platform is no more. The promise is about bytes that nobody else needs. */
  async forget(of: Platform): Promise<void> {
    const gone = this.#of(of)
    for (const world of gone) this.#worlds.delete(world)
    for (const { after } of gone) await letGoOfWorld(after, this.#sharedBytes)
  }

  #of(platform: Platform): SeededWorld[] {
    return [...this.#worlds.values()].filter(({ of }) => of === platform)
  }
}

/** Bytes of files are counted twice, since the seed has their text. */
function sizeOf(saved: SavedPlatform): number {
  const content = heldBytes(saved).reduce((sum, { size }) => sum + size, 0)
  return 2 * content + saved.shelf.files.size * FILE_BYTES + saved.jobs.length * JOB_BYTES
}
