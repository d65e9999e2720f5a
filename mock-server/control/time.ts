import { type ClusterStatus, clusterStatuses } from '../domain/cluster-status.ts'
import { type JobStatus, jobStatuses } from '../domain/job-status.ts'
import { jsonAnswer } from '../exchange/answers.ts'
import type { ExchangeAnswer } from '../exchange/http.ts'
import { utcTime } from '../operations/present-time.ts'
import { parseDuration } from '../pace.ts'
import type { TimeGoal, WorldTime } from '../world-time.ts'
import type { ControlRoute } from './control-plane.ts'

/** Appointments that are listed; a world of many jobs has many. */
const MOST_LISTED = 1_000

/** The clock of a tenant's world: read it, set its pace, move it. */
export const timeRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: '/_mock/time/', run: ({ tenant }) => jsonAnswer(200, presentTime(tenant.time)) },
  {
    method: 'PUT',
    path: '/_mock/time/',
    run: ({ tenant, body }) =>
      withErrors('pace', () => tenant.time.setPace(textOf(field(body, 'pace'))), tenant.time),
  },
  { method: 'POST', path: '/_mock/time/advance/', run: ({ tenant, body }) => advance(tenant.time, body) },
]

function presentTime(time: WorldTime) {
  const due = time.due()
  return {
    now: utcTime(time.now()),
    pace: time.pace,
    dueCount: due.length,
    due: due.slice(0, MOST_LISTED).map(({ at, event }) => ({ at: utcTime(at), ...event })),
  }
}

const field = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw new RangeError(value === undefined ? 'This field is required.' : 'Not a valid string.')
}

function withErrors(name: string, change: () => void, time: WorldTime): ExchangeAnswer {
  try {
    change()
  } catch (error) {
    if (error instanceof RangeError) return jsonAnswer(400, { [name]: [error.message] })
    throw error
  }
  return jsonAnswer(200, presentTime(time))
}

function advance(time: WorldTime, body: unknown): ExchangeAnswer {
  const [by, until] = [field(body, 'by'), field(body, 'until')]
  if (by !== undefined) return withErrors('by', () => time.advance(durationOf(by)), time)
  const goal = goalOf(until)
  if (goal === null)
    return jsonAnswer(400, { until: ['Say "next", "settled", or a job or cluster with a status.'] })
  const reached = time.advanceTo(goal)
  return jsonAnswer(200, { reached, ...presentTime(time) })
}

function durationOf(value: unknown) {
  const duration = parseDuration(textOf(value))
  if (duration === undefined) throw new RangeError('Not a duration such as 90s, 5m or 1.5h.')
  return duration
}

function goalOf(value: unknown): TimeGoal | null {
  if (value === 'next' || value === 'settled') return value
  const [job, cluster, status] = ['job', 'cluster', 'status'].map((name) => field(value, name))
  if (typeof job === 'string' && isJobStatus(status)) return { job, status }
  return typeof cluster === 'string' && isClusterStatus(status) ? { cluster, status } : null
}

const isJobStatus = (value: unknown): value is JobStatus => jobStatuses.some((status) => status === value)
const isClusterStatus = (value: unknown): value is ClusterStatus =>
  clusterStatuses.some((status) => status === value)
