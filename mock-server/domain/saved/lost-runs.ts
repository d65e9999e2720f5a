import { reclaimLost } from '../endings/reclaim.ts'
import { happenAfterRun } from '../job-lifecycle.ts'
import { loseRun } from '../run-ends.ts'
import type { StoredJob } from '../stored-job.ts'
import type { World } from '../world.ts'
import type { SavedJob } from './saved-job.ts'

/**
 * The commands of live runs ended with the processes that they ran in. It is as if the provider had taken the machines
 * back: the job gets new ones, and its runs begin again from their inputs. Those that were being stopped have stopped.
 * Inferred: a low-priority cluster whose machines are gone is replaced like that.
 */
export function replaceLostRuns(world: World, job: StoredJob, { runs }: SavedJob): void {
  const lost = runs.filter(({ active }) => active?.kind === 'live')
  if (lost.length === 0 || job.status === null) return
  const isOver = job.status === 'Force Stop' || job.status === 'Stopping'
  const stopped = lost.filter(({ active }) => isOver || active?.isStopping)
  const others = lost.length - stopped.length
  for (const { displayOrder } of stopped) {
    const outcome = loseRun(world, job, String(displayOrder))
    if (others === 0) happenAfterRun(world, job, outcome)
  }
  if (others > 0) reclaimLost(world, job)
}
