import { type Duration, type Instant, millisecond, minute, second } from './instant.ts'

interface Delay {
  readonly typical: Duration
  /** The cluster's own dates have whole milliseconds, the platform's full microseconds (samples of 2016 and 2017). */
  readonly by: 'platform' | 'cluster'
}

/** How long each step takes (api-facts §8.5). D16 is the documentation's sample job of 2016, NBo the tutorial's output of 2023. */
export const delays = {
  /** DK17: 13.9 s; D16: 32.7 s; 2014: 0.95 s. */
  pending: { typical: 13.9 * second, by: 'platform' },
  /** NBo, economy: "about 1 min Pending, about 1 min Waiting for Queue". */
  pendingEconomy: { typical: 60 * second, by: 'platform' },
  waitingForQueue: { typical: 60 * second, by: 'platform' },
  /** DK17: 2.7 s; D16: 10.4 s; 2014: 0.4 s. */
  queued: { typical: 2.7 * second, by: 'cluster' },
  /** 2014: 0.6 s; DK17: 0.3 s; D16: 2.9 s. */
  started: { typical: 0.6 * second, by: 'cluster' },
  /** The portal of 2023 showed the cluster Queued while its job was Validated; the moment is inferred. */
  clusterNotStarted: { typical: 5 * second, by: 'platform' },
  /** D16: Starting 20.4 s after Not Started. */
  clusterQueued: { typical: 15.4 * second, by: 'cluster' },
  /** NBo: about 7 min from Validated to Executing; D16: 8 min 41 s; 2014: 3 min 34 s. */
  clusterStarting: { typical: 6 * minute + 32 * second, by: 'cluster' },
  /** D16: Executing 11.2 s after the cluster Started. */
  clusterStarted: { typical: 11.2 * second, by: 'cluster' },
  /** Inferred: as long as the first start of a cluster. */
  instanceReplaced: { typical: 6 * minute + 43 * second, by: 'cluster' },
  /** Inferred: commands that are asked to end, and files that are saved. */
  stopping: { typical: 8 * second, by: 'platform' },
  /** D16: Stop Requested 0.362 s after Completed. */
  completed: { typical: 0.362 * second, by: 'platform' },
  /** D16: 2.9 s. */
  clusterStopRequested: { typical: 2.9 * second, by: 'cluster' },
  /** D16: 42.6 s. */
  clusterStopping: { typical: 42.6 * second, by: 'cluster' },
  /** Inferred: the documentation shows no times for storage devices. */
  storageNotStarted: { typical: 20 * second, by: 'cluster' },
  storageStarting: { typical: 5 * minute, by: 'cluster' },
} as const satisfies Readonly<Record<string, Delay>>

export type Step = keyof typeof delays

/** Inferred: real steps vary more, but no test should wait for an outlier. */
const spread = 0.15

/** When a step that begins now is over; `chance` is in [0, 1). */
export function endOf(step: Step, now: Instant, chance: number): Instant {
  const { typical, by } = delays[step]
  const end = now + typical * (1 + spread * (2 * chance - 1))
  return by === 'cluster' ? wholeMillisecond(end) : Math.round(end)
}

const wholeMillisecond = (instant: Instant): Instant => Math.ceil(instant / millisecond) * millisecond
