import { RequestAbortedError } from '../exchange/http.ts'
import type { WallClock } from '../wall-clock.ts'

/** Waits real time. Rejects with RequestAbortedError when the client leaves meanwhile. */
export type Sleep = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>

export const sleepBy =
  (wall: WallClock): Sleep =>
  (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const leave = () => {
        cancel()
        reject(new RequestAbortedError('the client went away while its answer was delayed'))
      }
      const cancel = wall.after(
        milliseconds,
        () => {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
        { keepsProcess: true },
      )
      if (signal?.aborted) leave()
      else signal?.addEventListener('abort', leave, { once: true })
    })
