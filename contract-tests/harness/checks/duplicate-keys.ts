import type { Finding } from '../finding.ts'
import type { SeenBody } from '../seen-exchange.ts'
import { type Answered, finding } from './answered.ts'

/** Keys that an object of a JSON body holds twice. Not to be seen in recordings: those keep values, not texts. */
export function keysThatStandTwice(exchange: Answered): Finding[] {
  const { request, response } = exchange
  return [
    ...twiceIn(request.body).map((pointer) => told(exchange, 'request', pointer)),
    ...twiceIn(response.body).map((pointer) => told(exchange, 'response', pointer)),
  ]
}

const twiceIn = (body: SeenBody): readonly string[] =>
  body.kind === 'json' ? (body.duplicateKeys ?? []) : []

const told = (exchange: Answered, side: Finding['side'], pointer: string): Finding =>
  finding(exchange, {
    class: 'duplicate-key',
    side,
    pointer,
    expected: 'each key once',
    received: pointer,
    message: `${pointer} stands there more than once`,
    ...(side === 'request' && { severity: 'warning' }),
  })
