import type { RescaleClient } from '../../client.ts'
import { RateLimitedError } from '../../errors.ts'
import type { Scope, ScopeState } from '../../requests/scopes.ts'
import { duration } from '../format.ts'
import { type Finding, failed, messageOf, note, ok } from './finding.ts'

/** What platforms and what stands before them tell of limits: nothing, this API as far as is known. */
const TELLING = /^(retry-after|(x-)?rate-?limit.*|x-throttle.*)$/i

/** What answers said of limits, by the scope that they count in. */
export type Told = ReadonlyMap<Scope, string>

export function toldIn(headers: Headers): string {
  return [...headers]
    .filter(([name]) => TELLING.test(name))
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
}

/** The scopes that the platform counts requests in: what the client allows itself, and what the platform says of it. */
export async function* examineLimits(
  client: RescaleClient,
  toldOfUser: string,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const told = new Map<Scope, string>([['user', toldOfUser]])
  try {
    // The one other scope that can be asked without changing anything.
    const { response } = await client.api.GET('/api/v2/jobs/', {
      params: { query: { page_size: 1 } },
      signal,
    })
    told.set('jobs-usage', toldIn(response.headers))
  } catch (error) {
    if (!(error instanceof RateLimitedError)) yield note('limits', messageOf(error), 'Try again in a while.')
  }
  for (const state of client.rateLimits()) yield findingOf(state, told.get(state.scope))
}

function findingOf(state: ScopeState, told: string | undefined): Finding {
  const { scope, pausedMs } = state
  const said = told === undefined ? '' : `; the answer ${told === '' ? 'says nothing of it' : `says ${told}`}`
  const detail = `${scope}: ${allowed(state)}${said}`
  return pausedMs > 0 ? paused(scope, pausedMs, detail) : ok('limits', detail)
}

function allowed({ limit, perSecond, atOnce }: ScopeState): string {
  if (!limit) return 'the client sets itself none here'
  const now = perSecond === limit.perSecond ? '' : `, just now ${hourly(perSecond ?? 0)} and ${atOnce}`
  return `${hourly(limit.perSecond)}, ${limit.burst} at once${now}`
}

const hourly = (perSecond: number): string => `${Math.round(perSecond * 3600)} requests an hour`

/** The platform answered 429, or would. */
export function paused(scope: string | undefined, ms: number | undefined, detail: string): Finding {
  const wait = ms === undefined ? 'a while' : duration(ms)
  const remedy = `Wait ${wait}, or let commands wait with --patient. Who else uses this key? ${scope ?? 'It'} counts them all.`
  return failed('limits', detail, remedy, 'rateLimited')
}
