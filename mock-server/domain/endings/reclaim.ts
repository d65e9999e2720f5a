import { layoutOf } from '../hardware.ts'
import type { Instant } from '../instant.ts'
import { completeJob } from '../job-lifecycle.ts'
import { reasons } from '../reasons.ts'
import { beginUnfinishedRuns } from '../run-begins.ts'
import { dropRuns } from '../run-ends.ts'
import type { StoredJob } from '../stored-job.ts'
import { bookAfter, cancelAllOf, type World } from '../world.ts'
import type { AskedEnding } from './asked-endings.ts'

/** How often the machines of a job were replaced. Kept until its cluster has stopped. */
export interface Restarts {
  count: number
  /** Since when the present machines are up; null while there are none. */
  since: Instant | null
}

/** "Exceeded max number of restarts" (NF); how many that is, is not known. */
export const maxRestarts = 3

/** The provider takes the machines back: commands end at once, and nothing of them is kept. */
export function reclaim(world: World, job: StoredJob, asked: AskedEnding, times: number): void {
  const count = world.restarts.get(job.id)?.count ?? 0
  cancelAllOf(world, job)
  dropRuns(world, job)
  job.version += 1
  if (count >= maxRestarts) {
    completeJob(world, job, reasons.restartsExhausted)
    return
  }
  world.restarts.set(job.id, { count: count + 1, since: null })
  asked.isOver = count + 1 >= times
  bookAfter(world, job, 'instanceReplaced', { kind: 'instance-replaced', jobId: job.id })
}

/** Machines are gone without anybody's asking: new ones come, however often that was. */
export function reclaimLost(world: World, job: StoredJob): void {
  cancelAllOf(world, job)
  dropRuns(world, job)
  job.version += 1
  world.restarts.set(job.id, { count: (world.restarts.get(job.id)?.count ?? 0) + 1, since: null })
  bookAfter(world, job, 'instanceReplaced', { kind: 'instance-replaced', jobId: job.id })
}

/** The job goes on, from its beginning, on machines that are new. */
export function replaceInstances(world: World, job: StoredJob): void {
  const restarts = world.restarts.get(job.id)
  const hardware = job.definition.jobanalyses[0]?.hardware
  if (!restarts || !hardware) throw new Error(`Job ${job.id} has no machines to replace`)
  restarts.since = world.scheduler.now()
  job.firstInstance = world.ids.take('instance', layoutOf(hardware).nodes)
  beginUnfinishedRuns(world, job)
}
