import { isOver } from './clean-up.ts'
import type { Ledger } from './ledger.ts'
import type { PlatformCalls } from './platform-calls.ts'

/** How often a stop is asked for before it is left to the walltime. */
const ATTEMPTS = 5

/**
 * Stops every job of a run that was submitted and is not over. Stops only: what was made is taken away by the run's own
 * clean-up, or by the reaper. Gives the number of jobs that it stopped.
 */
export async function stopWhatRuns(
  run: string,
  ledger: Ledger,
  platform: PlatformCalls,
  pause: () => Promise<void>,
): Promise<number> {
  let stopped = 0
  for (const job of ledger
    .owned(run)
    .filter(({ kind, submitted, gone }) => kind === 'job' && submitted && !gone)) {
    if (await stopOne(job.id, run, ledger, platform, pause)) stopped += 1
  }
  return stopped
}

async function stopOne(
  id: string,
  run: string,
  ledger: Ledger,
  platform: PlatformCalls,
  pause: () => Promise<void>,
): Promise<boolean> {
  const path = `/jobs/${encodeURIComponent(id)}/`
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      if (isOver((await platform.get(`${path}statuses/`)).json)) return false
      const { status } = await platform.call('POST', `${path}stop/`)
      if (status < 300) {
        ledger.write({ type: 'stopped', id, by: 'dead-man' }, run)
        return true
      }
    } catch {
      // The line may come back; the walltime ends the job otherwise.
    }
    await pause()
  }
  return false
}
