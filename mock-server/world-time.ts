import type { ClusterStatus } from './domain/cluster-status.ts'
import type { PlatformEvent } from './domain/events.ts'
import { type Duration, dateOf, type Instant, latestInstant, millisecond } from './domain/instant.ts'
import type { JobStatus } from './domain/job-status.ts'
import type { Platform } from './domain/platform.ts'
import type { Appointment } from './domain/scheduler.ts'
import { type Pacer, paceText, parsePace } from './pace.ts'
import { MAX_WAIT_MS, type Waiters } from './waiters.ts'

/** What time can be moved to. */
export type TimeGoal = 'next' | 'settled' | StatusGoal

/** A status that the job, or its cluster, has at the end or had on the way. */
export type StatusGoal =
  | { readonly job: string; readonly status: JobStatus }
  | { readonly cluster: string; readonly status: ClusterStatus }

export interface AdvanceOptions {
  /** Virtual time that may pass on the way. Default: as much as it takes. */
  readonly within?: Duration | undefined
  /** Real time that commands may take that really run. Milliseconds. */
  readonly patience?: number | undefined
  /** Ends the waiting for them. */
  readonly signal?: AbortSignal | undefined
}

export interface AdvanceByOptions extends Pick<AdvanceOptions, 'signal'> {
  /** Real time that each command may take that really runs. Milliseconds. */
  readonly patience?: number | undefined
}

/**
 * For commands that really run while time is moved by a duration: quick ones end on the way, and nobody has to wait for
 * endless ones. Milliseconds of real time; ours.
 */
export const USUAL_PATIENCE_MS = 5_000

/** Statuses that come by themselves come within this many events; more, and something books itself for ever. */
const MOST_EVENTS = 1_000_000

/** Moves the virtual time of one world by hand. Whatever is due happens in order, each thing at its own instant. */
export class WorldTime {
  readonly #platform: Platform
  readonly #pacer: Pacer
  readonly #waiters: Waiters
  /** Commands that were given their time, and went on. */
  readonly #enduring = new WeakSet<object>()

  constructor(platform: Platform, pacer: Pacer, waiters: Waiters) {
    this.#platform = platform
    this.#pacer = pacer
    this.#waiters = waiters
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

  /** Whoever waits in this world looks again at this instant, at the latest. Returns what cancels that. */
  alarm(at: Instant): () => void {
    return this.#pacer.alarm(at)
  }

  due(): readonly Appointment<PlatformEvent>[] {
    return this.#platform.upcoming()
  }

  /** How many commands really run now. */
  get running(): number {
    return this.#platform.liveRuns
  }

  /** What really runs goes on meanwhile. @throws {RangeError} for the past, and beyond the end of time */
  advance(by: Duration): void {
    this.#refuseImpossible(by)
    this.#platform.advance(by)
    this.#moved()
  }

  /**
   * The same, and commands that really run have the time to end on the way, each once: no longer in real time than is left
   * to go in virtual time, which stands still meanwhile. Rejects with RequestAbortedError when the signal says so, with
   * RangeError for the past, and beyond the end of time.
   */
  async advanceBy(
    by: Duration,
    { patience = USUAL_PATIENCE_MS, signal }: AdvanceByOptions = {},
  ): Promise<void> {
    this.#refuseImpossible(by)
    const target = this.now() + by
    for (;;) {
      const begun = this.#moveUntilSomethingRuns(target)
      this.#moved()
      const left = (target - this.now()) / millisecond
      if (begun.length === 0) return
      const isOver = () => this.#running(begun).length === 0
      await this.#waiters.until(isOver, { milliseconds: Math.max(0, Math.min(patience, left)), signal })
      for (const run of begun) this.#enduring.add(run)
    }
  }

  /** False when the goal cannot be reached by waiting: nothing is due any more. Throws for a job that is not there. */
  advanceTo(goal: TimeGoal): boolean {
    const reached = this.#move(goal, Number.POSITIVE_INFINITY)
    this.#moved()
    return reached
  }

  /**
   * The same, and also waits for commands that really run: they take real time, while virtual time stands still.
   * Rejects with RequestAbortedError when the signal says so.
   */
  async advanceUntil(goal: TimeGoal, options: AdvanceOptions = {}): Promise<boolean> {
    const { within = Number.POSITIVE_INFINITY, patience = MAX_WAIT_MS, signal } = options
    const latest = this.now() + within
    for (;;) {
      const reached = this.#move(goal, latest)
      this.#moved()
      const { liveRuns } = this.#platform
      if (liveRuns === 0 || (reached && goal !== 'settled')) return reached
      const isOver = () => this.#platform.liveRuns !== liveRuns
      if (!(await this.#waiters.until(isOver, { milliseconds: patience, signal }))) return false
      if (goal === 'next') return true
    }
  }

  /** Whether a job, or its cluster, has a status or had it. Throws for a job that is not there. */
  holds(goal: StatusGoal): boolean {
    if ('job' in goal)
      return this.#platform.job(goal.job).statuses.some(({ status }) => status === goal.status)
    const { cluster } = this.#platform.job(goal.cluster)
    return cluster?.statuses.some(({ status }) => status === goal.status) ?? false
  }

  /** Stops where commands run that were not waited for yet, and gives these. */
  #moveUntilSomethingRuns(target: Instant): readonly object[] {
    for (;;) {
      const begun = this.#platform.liveRuns === 0 ? [] : this.#platform.liveRunsUnderWay
      const fresh = begun.filter((run) => !this.#enduring.has(run))
      if (fresh.length > 0 && this.now() < target) return fresh
      const next = this.#platform.nextDue()
      if (next === null || next > target) break
      this.#platform.advanceTo(Math.max(next, this.now()))
    }
    if (this.now() < target) this.#platform.advanceTo(target)
    return []
  }

  #refuseImpossible(by: Duration): void {
    if (!(by >= 0)) throw new RangeError('Time never goes back.')
    if (this.now() + by <= latestInstant) return
    throw new RangeError(`Virtual time ends in the year ${dateOf(latestInstant).getUTCFullYear()}.`)
  }

  #running(runs: readonly object[]): readonly object[] {
    const under = new Set(this.#platform.liveRunsUnderWay)
    return runs.filter((run) => under.has(run))
  }

  #moved(): void {
    this.#platform.keepTime()
    this.#pacer.reanchor()
    this.#waiters.notify()
  }

  /** No further than the latest instant, where it stays when the goal lies beyond. */
  #move(goal: TimeGoal, latest: Instant): boolean {
    if (goal === 'settled' && latest === Number.POSITIVE_INFINITY) {
      this.#platform.settle()
      return true
    }
    if (goal === 'next') return this.#step(latest)
    const isReached = goal === 'settled' ? () => this.#platform.isSettled : this.#look(goal)
    for (let events = 0; events < MOST_EVENTS; events++) {
      if (isReached()) return true
      if (!this.#step(latest)) return false
    }
    return false
  }

  /** Looks through a history only when it has become longer: there may be many events of other jobs. */
  #look(goal: StatusGoal): () => boolean {
    let seen = -1
    return () => {
      const { version } = this.#platform.job('job' in goal ? goal.job : goal.cluster)
      if (version === seen) return false
      seen = version
      return this.holds(goal)
    }
  }

  #step(latest: Instant): boolean {
    const next = this.#platform.nextDue()
    if (next !== null && next <= latest) {
      this.#platform.advanceTo(next)
      return true
    }
    if (next !== null && latest > this.now()) this.#platform.advanceTo(latest)
    return false
  }
}
