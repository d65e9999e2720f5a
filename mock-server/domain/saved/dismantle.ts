import type { StoredBytes } from '../file-store.ts'
import type { World } from '../world.ts'
import { bytesOfRun } from './held-bytes.ts'

/** Ends all that goes on in a world that is no more, and lets go of its bytes. */
export function dismantle({ activeRuns, files }: World): Promise<void> {
  const held: StoredBytes[] = []
  for (const [jobId, { runId, execution, inputs }] of [...activeRuns.all()]) {
    if (execution.kind === 'live') void execution.run.kill()
    const plan = execution.kind === 'planned' ? execution.plan : null
    held.push(...bytesOfRun({ inputs: [...inputs.values()], plan }))
    activeRuns.delete(jobId, runId)
  }
  return files.abandon(held)
}
