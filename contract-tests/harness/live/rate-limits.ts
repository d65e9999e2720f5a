import { type Clock, systemClock } from '../../../client/clock.ts'
import { Limiter } from '../../../client/requests/limiter.ts'
import { type Limits, PLATFORM_LIMITS, scopeOf } from '../../../client/requests/scopes.ts'
import { headerOf, type Layer } from '../transport.ts'

/** Longer pauses than that fail the request; the platform may block a scope for the rest of an hour. */
const LONGEST_PAUSE_MS = 10 * 60_000

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Keeps below the platform's limits with the client's own buckets, waits as long as the platform asks to, and sends
 * one change at a time. Nothing is sent again: what the platform answered is what the scenario sees.
 */
export function limitingRate(limits: Limits = PLATFORM_LIMITS, clock: Clock = systemClock): Layer {
  const limiter = new Limiter({ clock, limits, maxRetryAfterMs: LONGEST_PAUSE_MS, hooks: {} })
  let changing: Promise<unknown> = Promise.resolve()
  return (next) => async (request) => {
    const scope = scopeOf(request.method, request.url)
    const send = async () => {
      const { method, url, signal } = request
      await limiter.enter({ method, url, requestId: '', scope }, scope, signal)
      const answer = await next(request)
      if (answer.status === 429) limiter.refused(scope, pauseOf(headerOf(answer.headers, 'retry-after')))
      else limiter.accepted(scope)
      return answer
    }
    if (SAFE.has(request.method)) return send()
    const turn = changing.then(send, send)
    changing = turn.catch(() => undefined)
    return turn
  }
}

// What to wait where the platform does not say. Milliseconds.
const USUAL_PAUSE_MS = 30_000

function pauseOf(retryAfter: string | undefined): number {
  const seconds = Number(retryAfter)
  return retryAfter !== undefined && seconds >= 0 ? seconds * 1_000 : USUAL_PAUSE_MS
}
