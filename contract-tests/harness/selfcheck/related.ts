import type { OperationId } from '../../../openapi/generated/routes.ts'
import type { FindingClass, RelationRule } from '../finding.ts'
import { isObject, type Json, type JsonObject } from '../json.ts'
import type { WholeExchange } from './answer.ts'
import type { Deviation, Spoiler } from './deviation.ts'
import { withJson } from './field-deviations.ts'

/** A deviation of what exchanges say of each other. */
export const of = (
  rule: RelationRule,
  group: string,
  text: string,
  create: () => Spoiler,
  kind: FindingClass = 'relation',
): Deviation => ({ id: `${group} ${rule}: ${text}`, group, class: kind, rule, text, create })

/** Changes the pages of a list; any JSON object that is answered with 200 will do. */
export function page(
  operationId: OperationId,
  change: (body: JsonObject, exchange: WholeExchange) => Json | null,
): Spoiler {
  return (exchange) => {
    const { answer } = exchange
    const isPage =
      exchange.operationId === operationId && answer.status === 200 && answer.body.kind === 'json'
    if (!isPage || !isObject(answer.body.value)) return null
    const changed = change(answer.body.value, exchange)
    return changed === null ? null : withJson(answer, changed)
  }
}
