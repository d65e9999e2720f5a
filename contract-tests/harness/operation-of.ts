import { type OperationId, routes } from '../../openapi/generated/routes.ts'
import { type Match, Matcher } from '../../openapi/match.ts'
import type { Route } from '../../openapi/route.ts'

const matcher = new Matcher<Route<OperationId>>(routes)
const byId: ReadonlyMap<string, Route<OperationId>> = new Map(
  routes.map((route) => [route.operationId, route]),
)

/** What the description says of a method and an absolute address. */
export function described(method: string, url: string): Match<Route<OperationId>> {
  return matcher.match(method, new URL(url).pathname)
}

export function operationIdOf(method: string, url: string): OperationId | null {
  const match = described(method, url)
  return match.kind === 'route' ? match.route.operationId : null
}

export function routeOf(operationId: OperationId): Route<OperationId> {
  const route = byId.get(operationId)
  if (route === undefined) throw new Error(`no operation is called ${operationId}`)
  return route
}
