/** What the platform counts requests over; each scope has a limit of its own. */
export const SCOPES = ['user', 'jobs-usage', 'job-submission'] as const
export type Scope = (typeof SCOPES)[number]

/** A limit: so many requests at once, and so many per second in the long run. */
export interface ScopeLimit {
  readonly perSecond: number
  readonly burst: number
}

export type Limits = Readonly<Record<Scope, ScopeLimit>>

/** What a client knows of a scope just now. */
export interface ScopeState {
  readonly scope: Scope
  /** What the client allows itself; undefined where it sets no limits. */
  readonly limit: ScopeLimit | undefined
  /** Requests per second just now: fewer than the limit after a 429. */
  readonly perSecond: number | undefined
  /** Requests that could be sent at once. */
  readonly atOnce: number | undefined
  /** The rest of a pause that the platform has asked for, in milliseconds. */
  readonly pausedMs: number
  /** Requests that wait for their turn. */
  readonly waiting: number
}

// Other programs of the same user count too. Interlink aims at 85 % as well.
export const SHARE = 0.85
const perHour = (requests: number, burst: number) => ({ perSecond: (requests * SHARE) / 3600, burst })

/**
 * The platform's limits (api-facts 1.9, from Interlink, which cites Rescale's documentation of November 2025),
 * with Interlink's bursts. Scopes whose limits are not published, such as those of files, count as `user`.
 */
export const PLATFORM_LIMITS: Limits = {
  user: /* @__PURE__ */ perHour(7_200, 150),
  'job-submission': /* @__PURE__ */ perHour(1_000, 50),
  'jobs-usage': /* @__PURE__ */ perHour(90_000, 300),
}

const SUBMIT = /^\/api\/v2\/jobs\/[^/]+\/submit\/?$/
const JOBS = /^\/api\/v2\/jobs(\/|$)/

/** The scope that a request counts in. */
export function scopeOf(method: string, url: string): Scope {
  const { pathname } = new URL(url)
  if (method === 'POST' && SUBMIT.test(pathname)) return 'job-submission'
  if ((method === 'GET' || method === 'HEAD') && JOBS.test(pathname)) return 'jobs-usage'
  return 'user'
}
