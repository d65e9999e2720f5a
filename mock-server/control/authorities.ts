import { createHash, timingSafeEqual } from 'node:crypto'
import { detail } from '../exchange/answers.ts'
import { authenticate, INVALID_TOKEN, NOT_PROVIDED } from '../exchange/authenticate.ts'
import { header } from '../exchange/header.ts'
import type { ExchangeAnswer, ExchangeRequest } from '../exchange/http.ts'
import type { ControlledServer, ControlledTenant } from './control-operation.ts'

/** Admin tokens begin with it, so that none is ever taken for a tenant's key, and scanners for secrets know one. */
export const ADMIN_TOKEN_PREFIX = 'localscale-admin-'

export interface Authorities {
  readonly adminToken: string
  readonly server: ControlledServer
  /** Null for a key that the mock does not accept. */
  tenantOf(key: string): ControlledTenant | null
  /** Hears of errors that are our own fault. */
  onError(error: unknown): void
}

/** On whose behalf a control is called. */
export type Caller = { readonly tenant: ControlledTenant } | { readonly server: ControlledServer }

/** Who calls, or the answer to somebody who may not. Without a route, either of both is let in to be told so. */
export function authorityOf(
  request: ExchangeRequest,
  wanted: 'tenant' | 'server' | null,
  authorities: Authorities,
): Caller | ExchangeAnswer {
  const token = tokenIn(header(request, 'authorization'))
  const isAdmin = token !== null && isSameSecret(token, authorities.adminToken)
  if (wanted === 'server' || (wanted === null && isAdmin))
    return isAdmin ? { server: authorities.server } : refused(request)
  if (isAdmin) return detail(403, 'This control takes the API key of the tenant that is meant.')
  return tenantFrom(request, authorities)
}

const tokenIn = (credentials = ''): string | null => /^token\s+(\S+)\s*$/i.exec(credentials)?.[1] ?? null

/** Takes as long for every wrong token. Hashed, for the comparison wants equal lengths. */
function isSameSecret(one: string, other: string): boolean {
  const [a, b] = [one, other].map((secret) => createHash('sha256').update(secret).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}

const challenge = { 'www-authenticate': 'Token' } as const

const refused = (request: ExchangeRequest): ExchangeAnswer =>
  header(request, 'authorization') === undefined
    ? detail(401, NOT_PROVIDED, challenge)
    : detail(401, 'This control takes the admin token, which is printed when the server starts.', challenge)

function tenantFrom(request: ExchangeRequest, { tenantOf }: Authorities): Caller | ExchangeAnswer {
  const who = authenticate(header(request, 'authorization'))
  const tenant = 'key' in who ? tenantOf(who.key) : null
  return tenant ? { tenant } : detail(401, 'detail' in who ? who.detail : INVALID_TOKEN, challenge)
}
