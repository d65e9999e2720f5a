import { type Duration, millisecond } from '../domain/instant.ts'
import { utcTime } from '../operations/present-time.ts'
import { parseDuration } from '../pace.ts'
import { MAX_WAIT_MS } from '../waiters.ts'
import type { AdvanceByOptions, TimeGoal, WorldTime } from '../world-time.ts'
import { type ControlOperation, wrong } from './control-operation.ts'
import { statusGoalOf } from './goals.ts'

/** Appointments that are listed; a world of many jobs has many. */
export const MOST_LISTED = 1_000

/** The clock of a tenant's world: read it, set its pace, move it. */
export const readTime: ControlOperation<'readTime'> = ({ tenant }) => ({
  status: 200,
  body: presentTime(tenant.time),
})

export const setPace: ControlOperation<'setPace'> = ({ tenant, body }) => {
  try {
    tenant.time.setPace(body.pace)
  } catch (error) {
    if (error instanceof RangeError) return wrong('pace', error.message)
    throw error
  }
  return { status: 200, body: presentTime(tenant.time) }
}

export const advanceTime: ControlOperation<'advanceTime'> = async ({ tenant, body, request }) => {
  const { time } = tenant
  const { by, until } = body
  const patience = patienceOf(body.patience)
  if (patience === null)
    return wrong('patience', 'Not a duration such as 500ms or 30s, of at most five minutes.')
  if (by !== undefined && until !== undefined)
    return wrong('until', 'Either by a duration, or until something.')
  const options = { patience, signal: request.signal?.() }
  if (by !== undefined) {
    const duration = parseDuration(by)
    if (duration === undefined) return wrong('by', 'Not a duration such as 90s, 5m or 1.5h.')
    return advanceBy(time, duration, options)
  }
  const goal = goalOf(until)
  if (goal === null) return wrong('until', 'Say "next", "settled", or a job or cluster with a status.')
  const reached = await time.advanceUntil(goal, options)
  return { status: 200, body: { reached, ...presentTime(time) } }
}

async function advanceBy(time: WorldTime, duration: Duration, options: AdvanceByOptions) {
  try {
    await time.advanceBy(duration, options)
  } catch (error) {
    if (error instanceof RangeError) return wrong('by', error.message)
    throw error
  }
  return { status: 200, body: presentTime(time) } as const
}

/** Milliseconds; undefined for the usual, null for none. */
function patienceOf(text: string | undefined): number | undefined | null {
  if (text === undefined) return undefined
  const duration = parseDuration(text)
  return duration === undefined || duration / millisecond > MAX_WAIT_MS ? null : duration / millisecond
}

function presentTime(time: WorldTime) {
  const due = time.due()
  return {
    now: utcTime(time.now()),
    pace: time.pace,
    running: time.running,
    dueCount: due.length,
    due: due.slice(0, MOST_LISTED).map(({ at, event }) => ({ at: utcTime(at), ...event })),
  }
}

type Until = NonNullable<Parameters<ControlOperation<'advanceTime'>>[0]['body']['until']>

const goalOf = (until: Until | undefined): TimeGoal | null =>
  until === undefined || typeof until === 'string' ? (until ?? null) : statusGoalOf(until)
