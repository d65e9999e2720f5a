import type { OperationId } from '../openapi/generated/routes.ts'
import { millisecond } from './domain/instant.ts'
import type { Platform } from './domain/platform.ts'
import type { RequestCounts } from './request-counts.ts'
import { MAX_WAIT_MS, type Waiters, type WaitOptions } from './waiters.ts'
import type { StatusGoal, WorldTime } from './world-time.ts'

/** What can be waited for. */
export type WaitGoal =
  | StatusGoal
  /** Nothing is due, and no command runs. */
  | 'settled'
  | RequestGoal

/** So many requests of an operation have been answered, all in all. */
export interface RequestGoal {
  readonly request: OperationId
  readonly count: number
}

const isRequest = (goal: WaitGoal): goal is RequestGoal => goal !== 'settled' && 'request' in goal

export interface WorldWaitOptions extends WaitOptions {
  /**
   * `real`: time goes as its pace says, and whoever waits waits as long. `virtual`: time is moved to the goal, by no
   * more than what is waited at most; requests do not come by moving time, so for them it goes as it does.
   */
  readonly clock: 'real' | 'virtual'
}

/** `out of reach`: the job has ended without that status, or time was moved and there is nothing more to come. */
export type WaitOutcome = 'reached' | 'timeout' | 'out of reach'

export interface WorldWaitParts {
  readonly platform: Platform
  readonly time: WorldTime
  readonly requests: RequestCounts
  readonly waiters: Waiters
  /** Brings time up to date. */
  before(): void
}

/** Waits until something is so in one world, so that no test has to ask again and again. */
export class WorldWait {
  readonly #parts: WorldWaitParts

  constructor(parts: WorldWaitParts) {
    this.#parts = parts
  }

  /** Throws, or rejects, for a job that is not there, when too many wait, and when the signal says so. */
  async until(goal: WaitGoal, options: WorldWaitOptions): Promise<WaitOutcome> {
    const { waiters, before } = this.#parts
    before()
    const isSo = this.#condition(goal)
    if (options.clock === 'virtual')
      return isRequest(goal) ? this.#untilThen(isSo, options) : this.#move(goal, options)
    const isOver = () => isSo() || this.#isOutOfReach(goal)
    if (!(await waiters.until(isOver, options))) return 'timeout'
    return isSo() ? 'reached' : 'out of reach'
  }

  /** Until that is so, or as much virtual time has passed as is to be waited. */
  async #untilThen(
    isSo: () => boolean,
    { milliseconds, signal }: WorldWaitOptions,
  ): Promise<'reached' | 'timeout'> {
    const { time, waiters } = this.#parts
    const latest = time.now() + milliseconds * millisecond
    const cancelAlarm = time.alarm(latest)
    const isOver = () => isSo() || time.now() >= latest
    try {
      await waiters.until(isOver, { milliseconds: MAX_WAIT_MS, signal })
    } finally {
      cancelAlarm()
    }
    return isSo() ? 'reached' : 'timeout'
  }

  async #move(
    goal: StatusGoal | 'settled',
    { milliseconds, signal }: WorldWaitOptions,
  ): Promise<WaitOutcome> {
    const { time, platform } = this.#parts
    const latest = time.now() + milliseconds * millisecond
    const within = milliseconds * millisecond
    const patience = Math.min(milliseconds, MAX_WAIT_MS)
    if (await time.advanceUntil(goal, { within, patience, signal })) return 'reached'
    return time.now() >= latest || platform.liveRuns > 0 ? 'timeout' : 'out of reach'
  }

  #condition(goal: WaitGoal): () => boolean {
    const { platform, time, requests } = this.#parts
    if (goal === 'settled') return () => platform.isSettled && platform.liveRuns === 0
    if (isRequest(goal)) return () => requests.of(goal.request) >= goal.count
    return () => time.holds(goal)
  }

  #isOutOfReach(goal: WaitGoal): boolean {
    if (goal === 'settled' || isRequest(goal)) return false
    const { platform } = this.#parts
    const job = platform.job('job' in goal ? goal.job : goal.cluster)
    // A cluster goes on after its job has ended.
    return job.state === 'completed' && ('job' in goal || job.cluster?.status === 'Stopped')
  }
}
