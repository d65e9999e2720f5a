import { RequestAbortedError } from './exchange/http.ts'
import type { WallClock } from './wall-clock.ts'

/** Of one world, at once: each holds a connection open. Ours. */
export const MAX_WAITERS = 100
/** Below the ten minutes of silence after which a connection is closed. Milliseconds; ours. */
export const MAX_WAIT_MS = 5 * 60_000

export interface WaitOptions {
  /** Of real time. */
  readonly milliseconds: number
  /** Aborted when whoever waits leaves. */
  readonly signal?: AbortSignal | undefined
}

/** Somebody else has to stop waiting first. */
export class TooManyWaitersError extends RangeError {
  override readonly name = 'TooManyWaitersError'

  constructor() {
    super(`No more than ${MAX_WAITERS} at once may wait for something in one world.`)
  }
}

/** Those who wait until something is so in one world. They look again whenever something may have changed. */
export class Waiters {
  readonly #wall: WallClock
  readonly #looks = new Set<() => void>()
  #isClosed = false

  constructor(wall: WallClock) {
    this.#wall = wall
  }

  /** To be called when something may have changed; costs nothing while nobody waits. */
  notify(): void {
    if (this.#looks.size === 0) return
    for (const look of [...this.#looks]) look()
  }

  /** Ends all waiting: the world is gone. */
  close(): void {
    this.#isClosed = true
    this.notify()
  }

  /**
   * True as soon as it is so, false when time is up or the world is gone.
   * @throws {TooManyWaitersError}
   * @throws {RequestAbortedError} when the signal says so
   */
  until(isSo: () => boolean, { milliseconds, signal }: WaitOptions): Promise<boolean> {
    if (isSo()) return Promise.resolve(true)
    if (this.#looks.size >= MAX_WAITERS) return Promise.reject(new TooManyWaitersError())
    return new Promise((resolve, reject) => {
      const end = (outcome: () => void): void => {
        this.#looks.delete(look)
        signal?.removeEventListener('abort', leave)
        cancelTimer()
        outcome()
      }
      const look = (): void => {
        try {
          if (isSo()) end(() => resolve(true))
          else if (this.#isClosed) end(() => resolve(false))
        } catch (error) {
          // What was looked at is gone; whoever changed it need not know.
          end(() => reject(error))
        }
      }
      const leave = () => end(() => reject(new RequestAbortedError('the client went away while it waited')))
      const timeUp = () => end(() => resolve(false))
      const cancelTimer = this.#wall.after(milliseconds, timeUp, { keepsProcess: true })
      this.#looks.add(look)
      if (signal?.aborted) leave()
      else signal?.addEventListener('abort', leave, { once: true })
    })
  }
}
