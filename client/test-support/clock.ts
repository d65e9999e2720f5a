import type { Clock } from '../clock.ts'

export interface TestClock extends Clock {
  /** How long each sleep was. */
  readonly slept: number[]
}

/** A clock on which sleeping takes no time, but moves it. `onSleep` is called in between. */
export function aClock(onSleep: (ms: number) => void = () => {}): TestClock {
  let now = Date.UTC(2026, 0, 1)
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    async sleep(ms, signal) {
      if (signal?.aborted) throw signal.reason
      now += ms
      slept.push(ms)
      onSleep(ms)
      if (signal?.aborted) throw signal.reason
    },
  }
}
