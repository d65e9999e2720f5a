import { type OperationId, routes } from '../../openapi/generated/routes.ts'

/** What the platform counts requests over. */
export const throttleScopes = ['user', 'job-submission', 'jobs-usage'] as const

export type ThrottleScope = (typeof throttleScopes)[number]

/**
 * Requests per hour (facts §1.9: constants of Rescale's own Interlink, which cites the platform's documentation of
 * November 2025). Scopes whose numbers nobody has published, such as those of files, count as `user` (inferred).
 */
export const PLATFORM_LIMITS: Readonly<Record<ThrottleScope, number>> = {
  user: 7_200,
  'job-submission': 1_000,
  'jobs-usage': 90_000,
}

const scopes: ReadonlyMap<OperationId, ThrottleScope> = new Map(
  routes.map(({ operationId, method, path }) => [operationId, scopeOfRoute(operationId, method, path)]),
)

function scopeOfRoute(operationId: OperationId, method: string, path: string): ThrottleScope {
  if (operationId === 'submitJob') return 'job-submission'
  return method === 'GET' && path.startsWith('/api/v2/jobs/') ? 'jobs-usage' : 'user'
}

/** The scope that a request counts in. */
export const scopeOf = (operationId: OperationId): ThrottleScope => scopes.get(operationId) ?? 'user'
