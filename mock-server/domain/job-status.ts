/** The words of `statuses/` and of the list's `jobStatus.content` (api-facts §8.1). */
export const jobStatuses = [
  'Pending',
  'Waiting for Queue',
  'Queued',
  'Waiting for Cluster',
  'Started',
  'Validated',
  'Executing',
  'Stopping',
  'Force Stop',
  'Completed',
] as const

export type JobStatus = (typeof jobStatuses)[number]

/** The `state` filter of the jobs list. */
export type JobState = 'completed' | 'not_completed'

/**
 * Which status may follow which (api-facts §8.2, §8.6).
 * `Completed` straight from an earlier status than `Executing` is "no capacity" and "restarts used up" (nf-rescale-hpc 2025).
 */
export const jobStatusesAfter: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  Pending: ['Waiting for Queue', 'Queued', 'Stopping', 'Completed'],
  'Waiting for Queue': ['Queued', 'Stopping', 'Completed'],
  Queued: ['Waiting for Cluster', 'Started', 'Stopping', 'Completed'],
  'Waiting for Cluster': ['Started', 'Stopping', 'Completed'],
  Started: ['Validated', 'Stopping', 'Completed'],
  Validated: ['Executing', 'Stopping', 'Force Stop', 'Completed'],
  Executing: ['Stopping', 'Force Stop', 'Completed'],
  Stopping: ['Force Stop', 'Completed'],
  'Force Stop': [],
  Completed: [],
}
