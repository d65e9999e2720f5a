import type { ClusterStatus } from './domain/cluster-status.ts'
import type { PlatformEvent } from './domain/events.ts'
import type { Duration, Instant } from './domain/instant.ts'
import type { JobStatus } from './domain/job-status.ts'
import type { Platform } from './domain/platform.ts'
import type { Appointment } from './domain/scheduler.ts'
import { type Pacer, paceText, parsePace } from './pace.ts'

/** What time can be moved to. */
export type TimeGoal =
  | 'next'
  | 'settled'
  /** A status that the job, or its cluster, has at the end or had on the way. */
  | { readonly job: string; readonly status: JobStatus }
  | { readonly cluster: string; readonly status: ClusterStatus }

/** Statuses that come by themselves come within this many events; more, and something books itself for ever. */
const MOST_EVENTS = 1_000_000

/** Moves the virtual time of one world by hand. Whatever is due happens in order, each thing at its own instant. */
export class WorldTime {
  readonly #platform: Platform
  readonly #pacer: Pacer

  constructor(platform: Platform, pacer: Pacer) {
    this.#platform = platform
    this.#pacer = pacer
  }

  now(): Instant {
    return this.#platform.now()
  }

  get pace(): string {
    return paceText(this.#pacer.pace)
  }

  setPace(pace: string): void {
    this.#pacer.setPace(parsePace(pace))
  }

  due(): readonly Appointment<PlatformEvent>[] {
    return this.#platform.upcoming()
  }

  advance(by: Duration): void {
    this.#platform.advance(by)
    this.#pacer.reanchor()
  }

  /** False when the goal cannot be reached by waiting: nothing is due any more. Throws for a job that is not there. */
  advanceTo(goal: TimeGoal): boolean {
    const reached = this.#move(goal)
    this.#pacer.reanchor()
    return reached
  }

  #move(goal: TimeGoal): boolean {
    if (goal === 'settled') {
      this.#platform.settle()
      return true
    }
    if (goal === 'next') return this.#step()
    for (let events = 0; events < MOST_EVENTS; events++) {
      if (this.#holds(goal)) return true
      if (!this.#step()) return false
    }
    return false
  }

  #step(): boolean {
    const next = this.#platform.nextDue()
    if (next === null) return false
    this.#platform.advanceTo(next)
    return true
  }

  #holds(goal: Exclude<TimeGoal, string>): boolean {
    if ('job' in goal)
      return this.#platform.job(goal.job).statuses.some(({ status }) => status === goal.status)
    const { cluster } = this.#platform.job(goal.cluster)
    return cluster?.statuses.some(({ status }) => status === goal.status) ?? false
  }
}
