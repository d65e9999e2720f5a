import { Matcher } from '../../openapi/match.ts'
import type { AuthorizedKeys } from '../authorized-keys.ts'
import type { Platform } from '../domain/platform.ts'
import { RefusedError } from '../domain/refusal.ts'
import { detail, notFound } from '../exchange/answers.ts'
import { authenticate, INVALID_TOKEN } from '../exchange/authenticate.ts'
import { refusalAnswer } from '../exchange/error-envelope.ts'
import { header } from '../exchange/header.ts'
import type { ExchangeAnswer, ExchangeRequest } from '../exchange/http.ts'
import { readJson } from '../exchange/read-json.ts'
import type { WorldTime } from '../world-time.ts'

/** One tenant, as its own key's controls meet it. */
export interface ControlledTenant {
  readonly platform: Platform
  readonly authorizedKeys: AuthorizedKeys
  readonly time: WorldTime
  before(): void
  after(): void
}

export interface ControlCall {
  readonly tenant: ControlledTenant
  readonly path: Readonly<Record<string, string>>
  /** The JSON body; undefined where there is none. */
  readonly body: unknown
}

/** One control: what a method on the in-process object can do, over HTTP. Described in openapi/mock-control.yaml. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With the prefix, e.g. `/_mock/ssh-keys/`. */
  readonly path: string
  run(call: ControlCall): ExchangeAnswer | Promise<ExchangeAnswer>
}

type TenantOf = (key: string) => ControlledTenant | null

/** Answers what begins with `/_mock/`; null for everything else. A tenant's controls take that tenant's own key. */
export function createControlPlane(routes: readonly ControlRoute[], tenantOf: TenantOf) {
  const matcher = new Matcher(routes)
  return (request: ExchangeRequest): ExchangeAnswer | Promise<ExchangeAnswer> | null => {
    if (!request.target.startsWith('/_mock/')) return null
    if (isForeign(request)) return detail(403, 'Controls are not for pages of other origins.')
    const tenant = tenantFrom(request, tenantOf)
    if ('status' in tenant) return tenant
    const [path = ''] = request.target.split('?', 1)
    const match = matcher.match(request.method, path)
    if (match.kind === 'method-not-allowed')
      return detail(405, `Method "${request.method}" not allowed.`, { allow: match.allow.join(', ') })
    if (match.kind !== 'route') return notFound()
    return control(match.route, { tenant, path: match.path, request })
  }
}

/** A web page may send a request here that its user never sees (mock-server.md §4.4). */
function isForeign(request: ExchangeRequest): boolean {
  const origin = header(request, 'origin')
  return origin !== undefined && origin !== request.origin
}

function tenantFrom(request: ExchangeRequest, tenantOf: TenantOf): ControlledTenant | ExchangeAnswer {
  const who = authenticate(header(request, 'authorization'))
  const tenant = 'key' in who ? tenantOf(who.key) : null
  return tenant ?? detail(401, 'detail' in who ? who.detail : INVALID_TOKEN, { 'www-authenticate': 'Token' })
}

interface ControlRequest {
  readonly tenant: ControlledTenant
  readonly path: Readonly<Record<string, string>>
  readonly request: ExchangeRequest
}

async function control(
  route: ControlRoute,
  { tenant, path, request }: ControlRequest,
): Promise<ExchangeAnswer> {
  const json = await readJson(request)
  if ('answer' in json) return json.answer
  tenant.before()
  try {
    return await route.run({ tenant, path, body: json.value })
  } catch (error) {
    if (error instanceof RefusedError) return refusalAnswer(error.refusal)
    throw error
  } finally {
    tenant.after()
  }
}
