import type { Finding } from '../finding.ts'
import type { SeenExchange } from '../seen-exchange.ts'
import { finding } from './answered.ts'

/** No answer, or half of one: nothing was checked, and that must be seen. */
export function failedExchange(exchange: SeenExchange): Finding[] {
  if (!('failure' in exchange.response)) return []
  const { failure } = exchange.response
  const message = `no answer that could be checked: ${failure}`
  return [
    finding(exchange, {
      class: 'not-checked',
      expected: 'an answer',
      received: failure,
      message,
      severity: 'warning',
    }),
  ]
}
