/** The words of `cluster_statuses/` and of the list's `clusterStatusDisplay.content` (api-facts §8.4). */
export const clusterStatuses = [
  'Not Started',
  'Pending',
  'Queued',
  'Starting',
  'Started',
  'Stop Requested',
  'Stopping',
  'Stopped',
  'Error',
  'Unknown',
] as const

export type ClusterStatus = (typeof clusterStatuses)[number]

/** Which status may follow which. `Pending` was seen on persistent clusters only (2017), `Error` and `Unknown` nowhere. */
export const clusterStatusesAfter: Readonly<Record<ClusterStatus, readonly ClusterStatus[]>> = {
  'Not Started': ['Pending', 'Queued', 'Starting', 'Stop Requested'],
  Pending: ['Queued', 'Stop Requested'],
  Queued: ['Starting', 'Stop Requested'],
  Starting: ['Started', 'Stop Requested', 'Error'],
  Started: ['Stop Requested', 'Error'],
  'Stop Requested': ['Stopping'],
  Stopping: ['Stopped'],
  Stopped: [],
  Error: ['Stop Requested'],
  Unknown: [],
}
