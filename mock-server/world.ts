import { type Duration, millisecond } from './domain/instant.ts'
import type { Platform } from './domain/platform.ts'
import { parseDuration } from './pace.ts'
import type { Tenant } from './tenants.ts'
import type { TimeGoal } from './world-time.ts'

/** What a test does to one tenant's world besides talking to its API. */
export interface World {
  /** Virtual time. */
  now(): Date
  /** Moves time by milliseconds, or by text such as `90s`, and lets happen what is due until then. */
  advance(duration: number | string): void
  /** Moves time until nothing is due. Runs that last until they are stopped are not waited for. */
  settle(): void
  /**
   * Moves time to the next thing that is due, or until a job or its cluster has a status. False when that cannot be
   * reached by waiting, because nothing is due any more.
   */
  advanceTo(goal: TimeGoal): boolean
  setPace(pace: string): void
  readonly platform: Platform
}

export function worldOf({ platform, time }: Tenant): World {
  return {
    platform,
    now: () => new Date(time.now() / millisecond),
    advance: (duration) => time.advance(microseconds(duration)),
    advanceTo: (goal) => time.advanceTo(goal),
    settle: () => void time.advanceTo('settled'),
    setPace: (pace) => time.setPace(pace),
  }
}

function microseconds(duration: number | string): Duration {
  if (typeof duration === 'number') return Math.round(duration * millisecond)
  const parsed = parseDuration(duration)
  if (parsed === undefined) throw new RangeError(`"${duration}" is no duration such as 90s, 5m or 250ms`)
  return parsed
}
