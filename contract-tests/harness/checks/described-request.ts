import type { Checker, Finding as DescriptionFinding } from '../../../openapi/check-answer.ts'
import { ParsedBody } from '../../../openapi/check-content.ts'
import type { Parameter } from '../../../openapi/route.ts'
import type { Finding } from '../finding.ts'
import { routeOf } from '../operation-of.ts'
import type { SeenBody } from '../seen-exchange.ts'
import { headerOf } from '../transport.ts'
import { type Answered, finding, isSuccess } from './answered.ts'
import { violationOf, withoutEchoes } from './classify.ts'
import { isReadOnly } from './one-way-fields.ts'

/**
 * What a request held that the description does not say, though the platform took it: either the description is too
 * narrow, or the client relies on what nobody promises. A request that was refused was refused for a reason.
 */
export function findingsInRequest(exchange: Answered, checker: Checker): Finding[] {
  const { operationId, request } = exchange
  if (operationId === null || !isSuccess(exchange)) return []
  const found = checker.checkRequest({
    operationId,
    contentType: headerOf(request.headers, 'content-type') ?? '',
    body: bodyToCheck(request.body),
  })
  const violations = withoutEchoes(found.filter((one) => one.class === 'violation'))
  const others = found.filter((one) => one.class !== 'violation')
  return [
    ...[...others, ...violations].map((one) => translated(exchange, one)),
    ...findingsInQuery(exchange, routeOf(operationId).parameters),
  ]
}

function bodyToCheck(body: SeenBody): unknown {
  if (body.kind === 'none') return null
  if (body.kind === 'json') return new ParsedBody(body.value)
  return body.kind === 'text' ? body.text : (body.bytes ?? { notKept: true })
}

const sent = { side: 'request', severity: 'warning' } as const

function translated(exchange: Answered, found: DescriptionFinding): Finding {
  const { message, pointer = '', expected = '', received = '', schemaPath } = found
  const same = {
    ...sent,
    message,
    pointer,
    expected,
    received,
    ...(schemaPath === undefined ? {} : { schemaPath }),
  }
  switch (found.class) {
    case 'body-not-allowed':
      return finding(exchange, { ...same, class: 'empty-body', expected: 'no body' })
    case 'undocumented-content-type':
      return finding(exchange, { ...same, class: 'undocumented-content-type', pointer: '/content-type' })
    case 'undocumented-field':
      return finding(exchange, {
        ...same,
        class: isReadOnly(exchange.operationId, pointer) ? 'read-only-sent' : 'undocumented-field',
      })
    case 'not-checked':
      return finding(exchange, { ...same, class: 'not-checked', severity: 'info' })
    default:
      return finding(exchange, {
        ...same,
        ...(found.keyword === undefined ? { class: 'empty-body' } : violationOf(found)),
      })
  }
}

/** Names and values of the query, against the described parameters. */
function findingsInQuery(exchange: Answered, parameters: readonly Parameter[]): Finding[] {
  const known = new Map(parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]))
  return [...new URL(exchange.request.url).searchParams].flatMap(([name, value]) => {
    const parameter = known.get(name)
    const same = { ...sent, pointer: `/${name}`, received: value }
    if (parameter === undefined) {
      const expected = [...known.keys()].join(', ') || 'no parameters'
      const message = `the query parameter ${name} is not described`
      return [finding(exchange, { ...same, class: 'undocumented-parameter', expected, message })]
    }
    const problem = problemWith(value, parameter)
    return problem === null ? [] : [finding(exchange, { ...same, ...problem })]
  })
}

function problemWith(
  value: string,
  { name, schema }: Parameter,
): Pick<Finding, 'class' | 'expected' | 'message'> | null {
  if (schema.enum !== undefined && !schema.enum.map(String).includes(value)) {
    const message = `the query parameter ${name} has no such choice`
    return { class: 'undocumented-enum-value', expected: schema.enum.join(', '), message }
  }
  if (hasType(value, schema.type)) return null
  return { class: 'type', expected: schema.type, message: `the query parameter ${name} is no ${schema.type}` }
}

function hasType(value: string, type: Parameter['schema']['type']): boolean {
  if (type === 'integer') return /^-?\d+$/.test(value)
  if (type === 'number') return value !== '' && Number.isFinite(Number(value))
  return type !== 'boolean' || /^(true|false)$/i.test(value)
}
