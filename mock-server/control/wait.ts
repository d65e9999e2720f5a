import { type OperationId, routes } from '../../openapi/generated/routes.ts'
import { latestInstant, millisecond } from '../domain/instant.ts'
import { utcTime } from '../operations/present-time.ts'
import { parseDuration } from '../pace.ts'
import { MAX_WAIT_MS, TooManyWaitersError } from '../waiters.ts'
import type { WaitGoal, WaitOutcome } from '../world-wait.ts'
import { type ControlOperation, wrong } from './control-operation.ts'
import { statusGoalOf } from './goals.ts'

const DEFAULT_WAIT = '30s'

type Wait = ControlOperation<'waitFor'>
type Query = Parameters<Wait>[0]['query']

const statusOf = { reached: 200, timeout: 408, 'out of reach': 409 } as const satisfies Record<
  WaitOutcome,
  number
>

/** Answers when something is so, instead of being asked again and again. */
export const waitFor: Wait = async ({ tenant, query, request }) => {
  const { timeout = DEFAULT_WAIT, clock = 'real' } = query
  const goal = goalOf(query)
  if (goal === null)
    return wrong(
      'job',
      'Say a job or a cluster with a status, a request with its operationId, or settled=true.',
    )
  const milliseconds = (parseDuration(timeout) ?? Number.NaN) / millisecond
  const untilTimeEnds = (latestInstant - tenant.time.now()) / millisecond
  if (!(milliseconds <= (clock === 'real' ? MAX_WAIT_MS : untilTimeEnds)))
    return wrong('timeout', 'A duration such as 500ms or 30s; of real time five minutes at most.')
  try {
    const options = { milliseconds, clock, signal: request.signal?.() }
    const outcome = await tenant.wait.until(goal, options)
    const now = utcTime(tenant.time.now())
    return { status: statusOf[outcome], body: { reached: outcome === 'reached', outcome, now } }
  } catch (error) {
    if (error instanceof TooManyWaitersError) return { status: 503, body: { detail: error.message } }
    throw error
  }
}

/** Null when it is none, or several at once. */
function goalOf({ request, count = 1, settled = false, ...wish }: Query): WaitGoal | null {
  const wishes = [request !== undefined, settled, wish.job !== undefined, wish.cluster !== undefined]
  const isStatusAlone = wish.status !== undefined && wish.job === undefined && wish.cluster === undefined
  if (wishes.filter(Boolean).length !== 1 || isStatusAlone) return null
  if (request !== undefined) return isOperation(request) ? { request, count } : null
  return settled ? 'settled' : statusGoalOf(wish)
}

const isOperation = (id: string): id is OperationId => routes.some(({ operationId }) => operationId === id)
