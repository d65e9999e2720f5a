import { parseDate } from './dates.ts'

/** What job and cluster statuses have in common. */
export interface StatusEntry {
  readonly status: string
  readonly statusDate: string
}

// `Completed` and `Force Stop` are the platform's; the others are words that other clients guard against
// (api-facts 8.1).
const TERMINAL = new Set([
  'Completed',
  'Force Stop',
  'Force Stopped',
  'Failed',
  'Stopped',
  'Terminated',
  'Cancelled',
  'Canceled',
])

/** Whether a job with this status will get no other. */
export function isTerminal(status: string): boolean {
  return TERMINAL.has(status)
}

/**
 * Newest first, whatever the order and form of the dates. Entries of the same instant keep the server's
 * order, which is newest first.
 */
export function newestFirst<T extends StatusEntry>(history: readonly T[]): T[] {
  const time = (entry: T) => parseDate(entry.statusDate)?.getTime() ?? 0
  return history.toSorted((a, b) => time(b) - time(a))
}
