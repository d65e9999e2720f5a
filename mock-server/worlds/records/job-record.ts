import { CaseTable } from '../../domain/case-table.ts'
import { clusterStatuses } from '../../domain/cluster-status.ts'
import type { CustomFieldValue } from '../../domain/job.ts'
import { jobStatuses } from '../../domain/job-status.ts'
import type { SavedJob } from '../../domain/saved/saved-job.ts'
import type { SavedRun } from '../../domain/saved/saved-run.ts'
import type { LoggedStatus, StatusLog } from '../../domain/status-log.ts'
import { readDefinition, tellDefinition } from './definition-record.ts'
import {
  fields,
  flag,
  id,
  listOf,
  MalformedRecordError,
  nullable,
  nullableOrLeftOut,
  number,
  oneOf,
  text,
  whole,
} from './fields.ts'
import type { PartsRead, PartsTold } from './parts.ts'

/** A job without its runs, which have records of their own; with its whole history. */
export function tellJob(saved: SavedJob, runs: number, log: StatusLog, parts: PartsTold) {
  const { definition, lastRow, lastClusterRow, cases, ...job } = saved
  return {
    ...job,
    runs,
    definition: tellDefinition(definition, parts),
    cases: cases && parts.idOf(cases, () => ({ names: cases.names, rows: cases.rows })),
    history: log.read(lastRow).map(tellRow),
    clusterHistory: log.read(lastClusterRow).map(tellRow),
  }
}

const tellRow = ({ status, at, reason }: LoggedStatus) => [status, at, reason]

/** What there has to be before a job can be made. */
export interface JobSurroundings {
  readonly parts: PartsRead
  /** Where its history goes. */
  readonly log: StatusLog
  /** In their order. */
  readonly runs: readonly SavedRun[]
}

export const runsOfJob = (value: unknown): number => whole((value as { runs?: unknown })?.runs, 'job.runs')

export function readJob(value: unknown, { parts, log, runs }: JobSurroundings): SavedJob {
  const { history, clusterHistory, cases, definition, ...read } = job(value, 'job')
  if (!isNewest(read.status, history, jobStatuses))
    throw new MalformedRecordError('job.status is not its newest')
  if (!isNewest(read.clusterStatus, clusterHistory, clusterStatuses))
    throw new MalformedRecordError('job.clusterStatus is not its newest')
  if (!fits(read)) throw new MalformedRecordError(`job.ended cannot be ${read.ended} at ${read.status}`)
  const table = cases === null ? null : parts.get(cases, (told) => readCases(told))
  const known = readDefinition(definition, parts)
  return {
    ...read,
    runs,
    definition: known,
    cases: table,
    lastRow: log.appendAll(history),
    lastClusterRow: log.appendAll(clusterHistory),
  }
}

/** Histories stand newest first. */
const isNewest = (status: string | null, [newest]: readonly LoggedStatus[], of: readonly string[]): boolean =>
  status === (newest === undefined ? null : of[newest.status])

/** Only jobs that were stopped before they were validated end without a status that says so. */
function fits({ status, ended }: Pick<SavedJob, 'status' | 'ended'>): boolean {
  if (status === 'Completed' || status === 'Force Stop') return ended
  const mustGoOn = status === null || ['Validated', 'Executing', 'Stopping'].includes(status)
  return !(ended && mustGoOn)
}

function readCases(told: unknown): CaseTable {
  const { names, rows } = fields({ names: listOf(text), rows: listOf(listOf(text)) })(told, 'cases')
  return new CaseTable(names, rows)
}

const rowIn =
  (vocabulary: readonly string[]) =>
  (value: unknown, where: string): LoggedStatus => {
    const [status, at, reason] = listOf((part: unknown) => part)(value, where)
    const known = whole(status, where)
    oneOf(vocabulary)(vocabulary[known], where)
    return { status: known, at: whole(at, where), reason: nullable(text)(reason, where) }
  }

const customField = (value: unknown, where: string): [string, CustomFieldValue] => {
  const [name, given] = listOf((part: unknown) => part)(value, where)
  return [text(name, where), customValue(given, where)]
}

function customValue(value: unknown, where: string): CustomFieldValue {
  if (Array.isArray(value)) return listOf(text)(value, where)
  if (value === null || typeof value === 'boolean') return value
  return typeof value === 'number' ? number(value, where) : text(value, where)
}

const job = fields({
  id,
  sequence: whole,
  name: text,
  dateInserted: whole,
  definition: text,
  status: nullable(oneOf(jobStatuses)),
  ended: flag,
  clusterStatus: nullable(oneOf(clusterStatuses)),
  firstInstance: whole,
  cases: nullable(text),
  history: listOf(rowIn(jobStatuses)),
  clusterHistory: listOf(rowIn(clusterStatuses)),
  tags: nullable(listOf(fields({ name: text, normalizedName: text }))),
  sharedWith: nullable(listOf(text)),
  // Not there in what was written before November 2026.
  customFields: nullableOrLeftOut(listOf(customField)),
  version: whole,
  underWay: nullable(
    fields({
      hasStoppedRun: flag,
      askedEnding: nullable(fields({ name: text, after: nullable(whole), isOver: flag })),
      restarts: nullable(fields({ count: whole, since: nullable(whole) })),
      attachedStorage: listOf(text),
      freeSlots: nullable(listOf(whole)),
    }),
  ),
})
