import { type SilentEndQuestions, silentEndWatch } from './silent-end.ts'
import { isTerminal } from './status-history.ts'
import type { ClusterStatusEntry, JobStatusEntry } from './types.ts'
import type { WaitResult, Watched } from './waiters.ts'

/** Watches a job for one of the statuses of `targets`, until it has it or has ended, with a word or without. */
export function watchJob(targets: readonly string[], questions: SilentEndQuestions): Watched<JobStatusEntry> {
  const endsSilently = silentEndWatch(questions)
  let isOver = false
  return {
    async read() {
      const history = await questions.history()
      isOver = await endsSilently(history)
      return history
    },
    judge(history) {
      const status = history.find((entry) => targets.includes(entry.status))
      if (status) return { reached: true, status, history }
      return isOver || history.some((entry) => isTerminal(entry.status)) ? ended(history) : undefined
    },
  }
}

/**
 * Watches a job's cluster. As long as there is none the job itself is read too: it may have ended without one,
 * and a deleted job answers 404 to both.
 */
export function watchCluster(
  targets: readonly string[],
  questions: SilentEndQuestions,
): Watched<ClusterStatusEntry> {
  const endsSilently = silentEndWatch(questions)
  let jobHasEnded = false
  return {
    async read() {
      const cluster = await questions.cluster()
      if (cluster.length > 0) return cluster
      const job = await questions.history()
      jobHasEnded = job.some(({ status }) => isTerminal(status)) || (await endsSilently(job))
      return cluster
    },
    judge(history) {
      const newest = history[0]
      // A restarted cluster has been `Stopped` before: only the newest entry says that it is.
      const status = history.find(
        (entry) => targets.includes(entry.status) && (entry === newest || entry.status !== 'Stopped'),
      )
      if (status) return { reached: true, status, history }
      return (newest ? newest.status === 'Stopped' : jobHasEnded) ? ended(history) : undefined
    },
  }
}

/** Watches a storage device, which is `Stopped` once and for all. */
export function watchDevice(
  targets: readonly string[],
  read: () => Promise<readonly ClusterStatusEntry[]>,
): Watched<ClusterStatusEntry> {
  return {
    read,
    judge(history) {
      const status = history.find((entry) => targets.includes(entry.status))
      if (status) return { reached: true, status, history }
      return history[0]?.status === 'Stopped' ? ended(history) : undefined
    },
  }
}

function ended<T>(history: readonly T[]): WaitResult<T> {
  return { reached: false, why: 'ended', last: history[0], history }
}
