/** Time as the harness needs it, so that tests and replays bring their own. */
export interface HarnessClock {
  now(): Date
  /** Since any fixed moment; never goes back. */
  elapsedMs(): number
}

export const realClock: HarnessClock = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
}
