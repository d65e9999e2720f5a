import { clusterStatusesAfter } from '../../domain/cluster-status.ts'
import type { PlatformEvent } from '../../domain/events.ts'
import { jobStatusesAfter } from '../../domain/job-status.ts'
import type { SavedJob } from '../../domain/saved/saved-job.ts'
import type { SavedDevice } from '../../domain/saved/saved-platform.ts'
import type { Appointment } from '../../domain/scheduler.ts'

type Due = Appointment<PlatformEvent>

/**
 * What can still happen to things as they are: after damage an appointment may be older than its job, or newer, and a
 * lifecycle would not know what to do about it. One move each is due for a job and its cluster at most.
 */
export function possible(
  due: readonly Due[],
  jobs: readonly SavedJob[],
  devices: readonly SavedDevice[],
): readonly Due[] {
  const jobsById = new Map(jobs.map((job) => [job.id, job]))
  const devicesById = new Map(devices.map((device) => [device.id, device]))
  const seen = new Set<string>()
  return due
    .toSorted((one, other) => one.order - other.order)
    .filter(({ event }) => {
      if (!canHappen(event, jobsById, devicesById)) return false
      const move = moveOf(event)
      if (move === null) return true
      const isFirst = !seen.has(move)
      seen.add(move)
      return isFirst
    })
}

/** Of which there is one at a time. */
const moveOf = (event: PlatformEvent): string | null =>
  'to' in event ? `${event.kind} ${'jobId' in event ? event.jobId : event.deviceId}` : null

function canHappen(
  event: PlatformEvent,
  jobs: ReadonlyMap<string, SavedJob>,
  devices: ReadonlyMap<string, SavedDevice>,
): boolean {
  if ('deviceId' in event) {
    const status = devices.get(event.deviceId)?.statuses[0]?.status
    return (
      status !== undefined &&
      (event.kind !== 'storage-moves' || follows(clusterStatusesAfter, status, event.to))
    )
  }
  const job = jobs.get(event.jobId)
  if (!job) return false
  if (event.kind === 'job-moves')
    return !job.ended && job.status !== null && follows(jobStatusesAfter, job.status, event.to)
  if (event.kind === 'cluster-moves')
    return (
      job.clusterStatus !== null &&
      follows(clusterStatusesAfter, job.clusterStatus, event.to) &&
      (!job.ended || releasing.has(event.to))
    )
  if (event.kind === 'instance-replaced') return isExecuting(job) && job.underWay?.restarts?.since === null
  if (event.kind === 'ending-strikes') return !job.ended
  const run = job.runs[Number(event.runId) - 1]
  return isExecuting(job) && run?.active?.kind === 'planned'
}

/** Where the cluster of a job that is over goes: another move would begin its runs. */
const releasing: ReadonlySet<string> = new Set(['Stop Requested', 'Stopping', 'Stopped'])

const follows = <Status extends string>(
  after: Readonly<Record<Status, readonly Status[]>>,
  from: Status,
  to: Status,
): boolean => after[from].includes(to)

/** Runs are under way only then. */
export const isExecuting = ({ status }: Pick<SavedJob, 'status'>): boolean =>
  status === 'Executing' || status === 'Stopping' || status === 'Force Stop'
