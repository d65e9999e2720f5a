import type { OperationId } from '../../../openapi/generated/routes.ts'
import type { Finding } from '../finding.ts'
import type { Json } from '../json.ts'
import { described } from '../operation-of.ts'
import { hasAnswer, type SeenBody, type SeenExchange, type SeenResponse } from '../seen-exchange.ts'

/** An exchange with an answer: what checks are made on. */
export type Answered = SeenExchange & { readonly response: SeenResponse }

export const answeredOf = (exchanges: readonly SeenExchange[]): Answered[] => exchanges.filter(hasAnswer)

export const isSuccess = ({ response }: Answered): boolean => response.status >= 200 && response.status < 300

export const jsonIn = (body: SeenBody): Json | undefined => (body.kind === 'json' ? body.value : undefined)

export function calls(exchanges: readonly Answered[], ...operations: readonly OperationId[]): Answered[] {
  return exchanges.filter(({ operationId }) => operationId !== null && operations.includes(operationId))
}

/** A parameter of the path, as the description names it. */
export function pathValue({ request }: SeenExchange, name: string): string | undefined {
  const match = described(request.method, request.url)
  return match.kind === 'route' ? match.path[name] : undefined
}

export type FindingParts = Pick<Finding, 'class' | 'expected' | 'received' | 'message'> & Partial<Finding>

/** A finding about an answer, unless it says otherwise. */
export function finding(exchange: SeenExchange, parts: FindingParts): Finding {
  const { operationId, scenario, seq, response } = exchange
  const status = 'status' in response ? (response.status ?? null) : null
  return { operationId, status, side: 'response', pointer: '', scenario, seq, severity: 'error', ...parts }
}

/** A broken relation between exchanges. */
export function broken(
  exchange: SeenExchange,
  rule: NonNullable<Finding['rule']>,
  parts: Omit<FindingParts, 'class'>,
): Finding {
  return finding(exchange, { class: 'relation', rule, ...parts })
}
