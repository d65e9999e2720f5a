import type { Clock } from '../clock.ts'
import { retryAfterMs } from '../http-errors.ts'
import type { Limiter } from '../requests/limiter.ts'
import { scopeOf } from '../requests/scopes.ts'
import type { TransferAnswer, TransferRequest, Transport } from './transport.ts'

// When a 429 does not say how long.
const PAUSE_MS = 1_000

/** Transfers count like other requests, ranges of a download too: each waits for its turn. */
export function limitedTransport(
  transport: Transport,
  limiter: Limiter,
  clock: Clock,
  baseUrl: string,
): Transport {
  return {
    async send(request) {
      const url = baseUrl + request.path
      const scope = scopeOf(request.method, url)
      const { requestId = '', attempts } = request.history ?? {}
      const context = { method: request.method, url, requestId, scope, attempts }
      await limiter.enter(context, scope, request.signal)
      if (request.history) request.history.request = context
      const answer = await noted(request, clock, () => transport.send(request))
      const pause = askedPause(answer, clock.now())
      if (pause === undefined) limiter.accepted(scope)
      else limiter.refused(scope, pause)
      return answer
    },
    close: () => transport.close(),
  }
}

async function noted(
  { history }: TransferRequest,
  clock: Clock,
  send: () => Promise<TransferAnswer>,
): Promise<TransferAnswer> {
  const startedAt = clock.now()
  try {
    const answer = await send()
    history?.answered(answer.status, startedAt, clock.now())
    return answer
  } catch (error) {
    history?.failed(error, startedAt, clock.now())
    throw error
  }
}

function askedPause({ status, headers }: TransferAnswer, now: number): number | undefined {
  if (status === 503) return retryAfterMs({ headers }, now)
  return status === 429 ? (retryAfterMs({ headers }, now) ?? PAUSE_MS) : undefined
}
