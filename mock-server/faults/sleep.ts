import { RequestAbortedError } from '../exchange/http.ts'
import type { WallClock } from '../wall-clock.ts'

/** Delays answers of one world, in real time. */
export class Sleeper {
  readonly #wall: WallClock
  readonly #sleeping = new Set<() => void>()

  constructor(wall: WallClock) {
    this.#wall = wall
  }

  /** Rejects with RequestAbortedError when the client leaves meanwhile, or the world ends. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (outcome: () => void): void => {
        this.#sleeping.delete(leave)
        signal?.removeEventListener('abort', leave)
        cancel()
        outcome()
      }
      const leave = () =>
        end(() => reject(new RequestAbortedError('the client went away while its answer was delayed')))
      const cancel = this.#wall.after(milliseconds, () => end(resolve), { keepsProcess: true })
      this.#sleeping.add(leave)
      if (signal?.aborted) leave()
      else signal?.addEventListener('abort', leave, { once: true })
    })
  }

  /** Nobody is answered any more. */
  close(): void {
    for (const leave of [...this.#sleeping]) leave()
  }
}
