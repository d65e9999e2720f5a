/** Calls back once after the delay; returns what cancels it. */
export type After = (milliseconds: number, callback: () => void) => () => void

const hourMs = 3_600_000

/** Timers count in 31 bits of milliseconds, not quite 25 days; a walltime may be longer. */
const longestTimerMs = 2 ** 31 - 1

/** A walltime counts from the start of the run, in real time. Returns what cancels it. */
export function startWalltime(after: After, hours: number | null, reached: () => void): () => void {
  if (hours === null) return () => {}
  let cancel = () => {}
  const wait = (left: number): void => {
    const next = Math.min(left, longestTimerMs)
    cancel = after(next, () => (left > next ? wait(left - next) : reached()))
  }
  wait(hours * hourMs)
  return () => cancel()
}

/** Real time. Does not keep the process alive. */
export const realAfter: After = (milliseconds, callback) => {
  const timer = setTimeout(callback, milliseconds).unref()
  return () => clearTimeout(timer)
}
