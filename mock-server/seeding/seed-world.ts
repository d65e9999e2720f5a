import type { Catalogue } from '../domain/catalogue.ts'
import type { Executor } from '../domain/executor.ts'
import type { FileStore } from '../domain/file-store.ts'
import type { Platform } from '../domain/platform.ts'
import { holdWorld, letGoOfWorld } from '../domain/saved/held-bytes.ts'
import type { SavedPlatform } from '../domain/saved/saved-platform.ts'
import type { SharedBytes } from '../domain/shared-bytes.ts'
import { SeedError, type WorldSeed } from '../worlds/world-seed.ts'
import { type AddedJob, addSeeded, type GivenSeed, storeContent } from './add-seeded.ts'
import { bringAbout, type SeededLife } from './seed-lives.ts'
import { endlessExecutor, type SeededState, type SeedPath, tryOut } from './seed-times.ts'
import type { SeededWorlds } from './seeded-worlds.ts'

export interface SeedPlace {
  readonly platform: Platform
  readonly files: FileStore
  readonly sharedBytes: SharedBytes
  readonly executor: Executor
  /** What seeds led to before. */
  readonly seeded: SeededWorlds
  /** The server's. */
  readonly catalogue: () => Promise<Catalogue>
  /** Time moves when told to: a world whose clock runs is never the same again. */
  stands(): boolean
  /** Time was moved by hand. */
  moved(): void
  /** Waits, in real time, until it is so; false when it took too long. */
  until(isSo: () => boolean): Promise<boolean>
}

/** Each is tried out in a twin of the world; more would keep other tenants waiting. */
export const MOST_SEEDED_JOBS = 1_000

/**
 * Adds to the catalogue, and adds files, saved storage devices and jobs, each job in the state that is asked for: each is
 * submitted so long before that all are in theirs at the same instant, to which time moves. All is tried out before, in a
 * twin of the world, so that nothing changes when something is wrong. Where it is known what the seed makes of this world,
 * that takes its place at once.
 * @throws {SeedError}
 * @throws {RefusedError}
 */
export async function seedWorld(place: SeedPlace, seed: WorldSeed): Promise<void> {
  if ((seed.jobs ?? []).length > MOST_SEEDED_JOBS)
    throw new SeedError(`No more than ${MOST_SEEDED_JOBS} jobs at a time.`)
  if (await seedAgain(place, seed)) return
  const before = digestOf(place)
  const content = storeContent(place, seed.files ?? [])
  try {
    if (before === null || !(await seedInTwin(place, before, { seed, content })))
      await seedInPlace(place, { seed, content })
  } finally {
    await place.sharedBytes.releaseAll(content)
  }
}

/** Whether runs are plans, so that it can be tried out how long they take. */
const isSimulated = ({ executor }: SeedPlace): boolean => executor.planAgain !== undefined

/** Null where a seed could lead elsewhere the next time, or the world cannot be told in passing. */
const digestOf = ({ executor, seeded, platform }: SeedPlace): string | null =>
  executor.plansAlike ? seeded.digests.of(platform) : null

/** False where it is not known what becomes of this world. */
async function seedAgain(place: SeedPlace, seed: WorldSeed): Promise<boolean> {
  const { platform, seeded, executor } = place
  const known = seeded.take(platform, seed)
  if (known.length === 0) return false
  try {
    // It may have forgotten inputs of jobs that have yet to begin.
    for (const { inputs, forgotten } of known)
      if (executor.forgotten?.() !== forgotten) await executor.prepare?.(inputs)
    const before = digestOf(place)
    const world = known.find((one) => one.before === before)
    if (world) await platform.restore(world.after)
    return world !== undefined
  } finally {
    for (const one of known) seeded.put(one)
  }
}

/** All happens in a twin, in whose world the platform then is. False where that has become another meanwhile. */
async function seedInTwin(place: SeedPlace, before: string, given: GivenSeed): Promise<boolean> {
  const { platform, executor } = place
  const forgotten = executor.forgotten?.()
  const after = await inTwin(place, (twin) => outcome(place, twin, given))
  const isSame = digestOf(place) === before
  if (isSame) await platform.restore(after.saved)
  if (isSame && place.stands())
    place.seeded.keep({ of: platform, before, seed: given.seed, after: after.saved, forgotten })
  else await after.release()
  return isSame
}

/** The bytes of the world are retained. */
async function outcome(place: SeedPlace, twin: Platform, given: GivenSeed) {
  const states = statesOf(await addSeeded(place, twin, given))
  const added = kept(twin.save(), place.sharedBytes)
  if (states.length === 0) return added
  try {
    const paths = tryOut(twin, states, { isSimulated: true })
    await twin.restore(added.saved)
    await bringAbout({ ...place, platform: twin, isSimulated: true }, livesOf(states, paths))
    return kept(twin.save(), place.sharedBytes)
  } finally {
    await added.release()
  }
}

async function inTwin<Found>(
  place: SeedPlace,
  find: (twin: Platform) => Found | Promise<Found>,
): Promise<Found> {
  const { platform, executor } = place
  const trial = isSimulated(place) ? executor : endlessExecutor(executor)
  const twin = platform.twin(trial)
  try {
    return await find(twin)
  } finally {
    await twin.close()
    trial.loadVolumes?.(twin.tenantId, [])
  }
}

interface Tried {
  readonly ids: string
  readonly paths: readonly SeedPath[]
}

/** Where something goes on that cannot be put into another world. */
async function seedInPlace(place: SeedPlace, given: GivenSeed): Promise<void> {
  const tried = await inTwin(place, (twin) => rehearse(place, twin, given))
  await perform(place, given, tried)
}

async function rehearse(place: SeedPlace, twin: Platform, given: GivenSeed): Promise<Tried> {
  const jobs = await addSeeded(place, twin, given)
  return { ids: idsOf(jobs), paths: tryOut(twin, statesOf(jobs), { isSimulated: isSimulated(place) }) }
}

/** As it was tried out, unless somebody else did something meanwhile: then the jobs have other ids, and other times. */
async function perform(place: SeedPlace, given: GivenSeed, tried: Tried): Promise<void> {
  const { platform, sharedBytes } = place
  const before = kept(platform.save(), sharedBytes)
  try {
    const jobs = await addSeeded(place, platform, given)
    const states = statesOf(jobs)
    const paths =
      idsOf(jobs) === tried.ids
        ? tried.paths
        : await inTwin(place, (twin) => tryOut(twin, states, { isSimulated: isSimulated(place) }))
    await bringAbout({ ...place, isSimulated: isSimulated(place) }, livesOf(states, paths))
  } catch (error) {
    await platform.restore(before.saved)
    place.moved()
    throw error
  } finally {
    await before.release()
  }
}

const livesOf = (states: readonly SeededState[], paths: readonly SeedPath[]): SeededLife[] =>
  states.map((state, index) => ({ ...state, ...pathAt(paths, index) }))

function pathAt(paths: readonly SeedPath[], index: number): SeedPath {
  const path = paths[index]
  if (!path) throw new Error(`Job ${index} of the seed was not tried out`)
  return path
}

const idsOf = (jobs: readonly AddedJob[]): string => jobs.map(({ id }) => id).join(' ')

const statesOf = (jobs: readonly AddedJob[]): SeededState[] => jobs.flatMap(({ state }) => state ?? [])

function kept(saved: SavedPlatform, sharedBytes: SharedBytes) {
  holdWorld(saved, sharedBytes)
  return { saved, release: () => letGoOfWorld(saved, sharedBytes) }
}
