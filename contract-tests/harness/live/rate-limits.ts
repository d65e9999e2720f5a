import { type Clock, systemClock } from '../../../client/clock.ts'
import { Limiter } from '../../../client/requests/limiter.ts'
import { type Limits, PLATFORM_LIMITS, scopeOf } from '../../../client/requests/scopes.ts'
import { bytesOf, headerOf, type Layer, type WireAnswer, type WireRequest } from '../transport.ts'

/** Longer pauses than that fail the request; the platform may block a scope for the rest of an hour. */
const LONGEST_PAUSE_MS = 10 * 60_000

/** So often a refused request is sent again; what the platform answers then is what the scenario sees. */
const MOST_TIMES_AGAIN = 3

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Keeps below the platform's limits with the client's own buckets, and sends one change at a time. A request that is
 * refused for its rate (429) was not worked on, and says nothing of the platform but that others use the account as
 * well: it is sent again after as long as the platform asks to wait. Nothing else is sent again.
 */
export function limitingRate(limits: Limits = PLATFORM_LIMITS, clock: Clock = systemClock): Layer {
  const limiter = new Limiter({ clock, limits, maxRetryAfterMs: LONGEST_PAUSE_MS, hooks: {} })
  let changing: Promise<unknown> = Promise.resolve()
  return (next) => (request) => {
    const once = async (): Promise<WireAnswer> => {
      const { method, url, signal } = request
      const scope = scopeOf(method, url)
      await limiter.enter({ method, url, requestId: '', scope }, scope, signal)
      const answer = await next(request)
      if (answer.status === 429) limiter.refused(scope, pauseOf(headerOf(answer.headers, 'retry-after')))
      else limiter.accepted(scope)
      return answer
    }
    const send = () => untilTaken(once, request)
    if (SAFE.has(request.method)) return send()
    const turn = changing.then(send, send)
    changing = turn.catch(() => undefined)
    return turn
  }
}

async function untilTaken(once: () => Promise<WireAnswer>, { body }: WireRequest): Promise<WireAnswer> {
  let answer = await once()
  // A stream cannot be read a second time.
  const most = body === null || body instanceof Uint8Array ? MOST_TIMES_AGAIN : 0
  for (let times = 0; answer.status === 429 && times < most; times += 1) {
    await bytesOf(answer.body)
    answer = await once()
  }
  return answer
}

// What to wait where the platform does not say. Milliseconds.
const USUAL_PAUSE_MS = 30_000

function pauseOf(retryAfter: string | undefined): number {
  const seconds = Number(retryAfter)
  return retryAfter !== undefined && seconds >= 0 ? seconds * 1_000 : USUAL_PAUSE_MS
}
