/** Port to real time, so that nothing else reads it. */
export interface WallClock {
  /** Milliseconds since 1970, never going back. */
  now(): number
  /** Calls back once after the delay; returns what cancels it. Does not keep the process alive unless told to. */
  after(milliseconds: number, callback: () => void, options?: { readonly keepsProcess?: boolean }): () => void
}

/** setTimeout's own limit: longer delays fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export function realWallClock(): WallClock {
  const startedAt = Date.now() - performance.now()
  return {
    now: () => startedAt + performance.now(),
    after(milliseconds, callback, { keepsProcess = false } = {}) {
      const timer = setTimeout(callback, Math.min(milliseconds, LONGEST_TIMER_MS))
      if (!keepsProcess) timer.unref()
      return () => clearTimeout(timer)
    },
  }
}
