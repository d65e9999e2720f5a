import type { Finding } from '../finding.ts'
import { routeOf } from '../operation-of.ts'
import { type Answered, broken } from './answered.ts'

/** Whoever has no key, or one that is none, is answered with 401 and nothing else. */
export function servedWithoutKey(exchange: Answered): Finding[] {
  const { caller, operationId, response } = exchange
  if (operationId === null || (caller !== 'nobody' && caller !== 'invalid')) return []
  if (!routeOf(operationId).security || response.status === 401 || response.status === 429) return []
  const message = `${operationId} is answered with ${response.status} to ${caller === 'nobody' ? 'no key' : 'an invalid key'}`
  return [broken(exchange, 'isolation', { expected: '401', received: String(response.status), message })]
}
