import type { JournalEntry } from '../journal/entry.ts'
import { hasSucceeded, jobOf, requestLine } from './entry-facts.ts'
import type { LintRule } from './finding.ts'

const STOPS: ReadonlySet<string> = new Set(['stopJob', 'forceStopJob', 'stopRun'])

/** Reads that show whether a job, its run or its cluster has ended. `listJobs` shows all. */
const LOOKS: ReadonlySet<string> = new Set([
  'getJob',
  'listJobStatuses',
  'listClusterStatuses',
  'listJobs',
  'getRun',
  'listRuns',
])

export const stopNotChecked: LintRule = {
  name: 'stop-not-checked',
  title: 'Who stops a job looks whether it stopped',
  advice:
    'The answer to stop only says that it was asked for. Read the statuses until the job is Completed and its cluster Stopped: until then it costs money.',
  find: (entries) =>
    entries.filter(isStop).flatMap((stop) => {
      const later = entries.filter(({ number }) => number > stop.number)
      if (later.some((entry) => looksAt(entry, jobOf(stop)))) return []
      return [{ subject: requestLine(stop), text: 'the job was not looked at again', entries: [stop.number] }]
    }),
}

const isStop = (entry: JournalEntry): boolean =>
  entry.operationId !== null && STOPS.has(entry.operationId) && hasSucceeded(entry)

const looksAt = (entry: JournalEntry, job: string | undefined): boolean =>
  entry.operationId !== null &&
  LOOKS.has(entry.operationId) &&
  (entry.operationId === 'listJobs' || jobOf(entry) === job)
