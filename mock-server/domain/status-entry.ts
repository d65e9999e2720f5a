import type { Instant } from './instant.ts'

/** One row of a history. Histories are read newest first. */
export interface StatusEntry<Status> {
  readonly id: string
  readonly status: Status
  readonly at: Instant
  readonly reason: string | null
}
