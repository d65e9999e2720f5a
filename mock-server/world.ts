import type { AuthorizedKeys } from './authorized-keys.ts'
import { readEnding } from './domain/endings/read-ending.ts'
import type { PlatformEvent } from './domain/events.ts'
import { type Duration, dateOf, millisecond } from './domain/instant.ts'
import type { Platform } from './domain/platform.ts'
import type { FaultPlans } from './faults/fault-plans.ts'
import type { JournalControl } from './journal/journal-control.ts'
import { parseDuration } from './pace.ts'
import type { Tenant } from './tenant.ts'
import type { Limits, ScopeReport } from './throttling/throttle.ts'
import type { TimeGoal } from './world-time.ts'
import type { WaitGoal, WaitOutcome } from './world-wait.ts'
import type { SnapshotSummary } from './worlds/snapshot.ts'
import { DEFAULT_SNAPSHOT, type Fork, forkRefusals, MAX_SNAPSHOTS } from './worlds/tenant-worlds.ts'
import type { WorldSeed } from './worlds/world-seed.ts'

/** What a test does to one tenant's world besides talking to its API. */
export interface World {
  /** Virtual time. */
  now(): Date
  /** Moves time by milliseconds, or by text such as `90s`, and lets happen what is due until then. */
  advance(duration: number | string): void
  /**
   * The same, and commands that really run (`--executor shell`) have the time to end on the way, each five seconds unless
   * told otherwise, and no longer than there is left to go.
   */
  advanceBy(duration: number | string, options?: Patience): Promise<void>
  /** Moves time until nothing is due. Runs that last until they are stopped are not waited for. */
  settle(): void
  /**
   * Moves time to the next thing that is due, or until a job or its cluster has a status. False when that cannot be
   * reached by waiting, because nothing is due any more.
   */
  advanceTo(goal: TimeGoal): boolean
  /**
   * The same, and also waits for commands that really run (`--executor shell`): they take real time, five minutes at
   * most, while virtual time stands still.
   */
  advanceUntil(goal: TimeGoal, options?: Patience): Promise<boolean>
  /** What is due, in order. */
  due(): readonly { readonly at: Date; readonly event: PlatformEvent }[]
  /** Commands that really run now (`--executor shell`). */
  readonly running: number
  readonly pace: string
  setPace(pace: string): void
  /** From now on time moves only when told to. */
  freeze(): void
  /**
   * Waits until a job or its cluster has a status, an operation was called so often, or nothing is due: with the clock
   * `real` (default) as time goes by itself, with `virtual` by moving it (but for requests,
   * which do not come by that). Default timeout: 30 s of that clock.
   */
  wait(goal: WaitGoal, options?: WaitForOptions): Promise<WaitOutcome>
  /** The platform's limits of requests. */
  readonly throttling: Throttling
  /** What is to go wrong with its requests. */
  readonly faults: FaultPlans
  /** How a job is to end: a name of docs/endings.md, or `out-of-memory after 5m`. @throws {RangeError} for none of them */
  askEnding(jobId: string, ending: string): void
  /** Who may log in to its clusters. */
  readonly authorizedKeys: AuthorizedKeys
  readonly platform: Platform
  /** What its clients said and were answered. */
  readonly journal: JournalControl
  /** As if the key had never been used, but for snapshots. All is so at once; the promise is about the bytes of files. */
  reset(): Promise<void>
  /** Adds files and jobs, each in the state that is asked for. @throws {SeedError} or a refusal, and nothing changes */
  seed(seed: WorldSeed): Promise<void>
  /** Keeps the world as it is under a name. One of the same name is forgotten. @throws {RangeError} when there are too many */
  snapshot(name?: string): WorldSnapshot
  /** Newest first. */
  snapshots(): readonly WorldSnapshot[]
  /** Goes back to a snapshot, as often as one likes; as with `reset`, at once. @throws {RangeError} when there is none */
  restore(name?: string): Promise<void>
  /** @throws {RangeError} when there is none */
  dropSnapshot(name?: string): Promise<void>
  /** The world as one file, with the bytes of its files. */
  export(): AsyncIterable<Uint8Array>
  /** Puts the tenant in a world that was exported. @throws {WorldFileError} for any other, and nothing changes */
  import(file: AsyncIterable<Uint8Array>): Promise<void>
  /** Another key begins with this world, or with a snapshot of it. @throws {RangeError} when that cannot be */
  fork(options?: { readonly apiKey?: string; readonly snapshot?: string }): Fork
}

/** Real time that commands may take that really run: milliseconds, or text such as `30s`. */
export interface Patience {
  readonly patience?: number | string
}

/** The platform's limits of requests in one world. */
export interface Throttling {
  readonly isOn: boolean
  /** What each scope has used, and what was or, were it on, would have been refused. */
  report(): readonly ScopeReport[]
  /** Limits are the platform's unless given, in requests per hour. */
  turnOn(limits?: Partial<Limits>): void
  turnOff(limits?: Partial<Limits>): void
}

export interface WaitForOptions {
  /** Milliseconds, or text such as `90s`. */
  readonly timeout?: number | string
  readonly clock?: 'real' | 'virtual'
  readonly signal?: AbortSignal
}

const DEFAULT_WAIT = '30s'

export interface WorldSnapshot extends Omit<SnapshotSummary, 'takenAt'> {
  /** What the clock of the world said. */
  readonly takenAt: Date
}

export function worldOf(tenant: Tenant): World {
  const { platform, time, worlds, faults, wait, journal } = tenant
  return {
    platform,
    faults,
    throttling: throttlingOf(tenant),
    authorizedKeys: tenant.authorizedKeys,
    askEnding(jobId, text) {
      const wish = readEnding(text)
      platform.askEnding(jobId, typeof wish === 'string' ? fail(wish) : wish)
    },
    journal,
    now: () => dateOf(time.now()),
    advance: (duration) => time.advance(microseconds(duration)),
    advanceTo: (goal) => time.advanceTo(goal),
    settle: () => void time.advanceTo('settled'),
    advanceBy: (duration, options) => time.advanceBy(microseconds(duration), inMilliseconds(options)),
    advanceUntil: (goal, options) => time.advanceUntil(goal, inMilliseconds(options)),
    due: () => time.due().map(({ at, event }) => ({ at: dateOf(at), event })),
    get running() {
      return time.running
    },
    get pace() {
      return time.pace
    },
    setPace: (pace) => time.setPace(pace),
    freeze: () => time.setPace('still'),
    wait: async (goal, { timeout = DEFAULT_WAIT, clock = 'real', signal } = {}) =>
      wait.until(goal, { milliseconds: microseconds(timeout) / millisecond, clock, signal }),
    reset: () => worlds.reset(),
    snapshot: (name = DEFAULT_SNAPSHOT) =>
      shown(worlds.take(name) ?? fail(`no more than ${MAX_SNAPSHOTS} snapshots`)),
    snapshots: () => worlds.snapshots().map(shown),
    restore: (name = DEFAULT_SNAPSHOT) => worlds.enter((worlds.get(name) ?? fail(noSnapshot(name))).image),
    async dropSnapshot(name = DEFAULT_SNAPSHOT) {
      if (!(await worlds.drop(name))) fail(noSnapshot(name))
    },
    seed: (seed) => worlds.seed(seed),
    export: () => worlds.export(),
    import: (file) => worlds.import(file),
    fork(options = {}) {
      const fork = worlds.fork(options) ?? fail(noSnapshot(options.snapshot ?? ''))
      return typeof fork === 'string' ? fail(forkRefusals[fork]) : fork
    },
  }
}

const throttlingOf = ({ throttle, time }: Tenant): Throttling => ({
  get isOn() {
    return throttle.isOn
  },
  report: () => throttle.report(time.now()),
  turnOn(limits = {}) {
    throttle.setLimits(limits)
    throttle.isOn = true
  },
  turnOff(limits = {}) {
    throttle.setLimits(limits)
    throttle.isOn = false
  },
})

const shown = ({ takenAt, ...snapshot }: SnapshotSummary): WorldSnapshot => ({
  ...snapshot,
  takenAt: dateOf(takenAt),
})

const noSnapshot = (name: string): string => `there is no snapshot ${JSON.stringify(name)}`

const inMilliseconds = ({ patience }: Patience = {}) =>
  patience === undefined ? {} : { patience: microseconds(patience) / millisecond }

function microseconds(duration: number | string): Duration {
  if (typeof duration === 'number') return Math.round(duration * millisecond)
  const parsed = parseDuration(duration)
  return parsed ?? fail(`"${duration}" is no duration such as 90s, 5m or 250ms`)
}

function fail(message: string): never {
  throw new RangeError(message)
}
