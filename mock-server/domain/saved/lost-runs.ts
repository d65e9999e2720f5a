import { reclaimLost } from '../endings/reclaim.ts'
import { happenAfterRun } from '../job-lifecycle.ts'
import { terminated } from '../planned-run.ts'
import { loseRun } from '../run-ends.ts'
import type { StoredJob } from '../stored-job.ts'
import type { World } from '../world.ts'
import type { SavedJob } from './saved-job.ts'
import type { SavedRun } from './saved-run.ts'

/**
 * The commands of live runs ended with the processes that they ran in. It is as if the provider had taken the machines
 * back: the job gets new ones, and its runs begin again from their inputs. Those that were being stopped have stopped.
 * Inferred: a low-priority cluster whose machines are gone is replaced like that.
 */
export function replaceLostRuns(world: World, job: StoredJob, saved: SavedJob): void {
  const lost = lostRuns(world, job, saved)
  if (lost.length === 0 || job.status === null) return
  world.changes?.job(job)
  const isOver = job.status === 'Force Stop' || job.status === 'Stopping'
  const stopped = lost.filter(({ active }) => isOver || active?.isStopping)
  for (const { displayOrder } of stopped) loseRun(world, job, String(displayOrder))
  if (stopped.length < lost.length) reclaimLost(world, job)
  else happenAfterRun(world, job, { exitCode: terminated, interruption: 'stopped' })
}

function lostRuns(world: World, job: StoredJob, { runs }: SavedJob): SavedRun[] {
  const lost = runs.filter(({ active, displayOrder }) => {
    return active !== null && !world.activeRuns.get(job.id, String(displayOrder))
  })
  for (const { displayOrder } of lost) {
    const run = job.run(String(displayOrder))
    if (run) world.changes?.run(job, run)
  }
  return lost
}
