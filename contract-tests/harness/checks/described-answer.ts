import type { Checker, Finding as DescriptionFinding } from '../../../openapi/check-answer.ts'
import { ParsedBody } from '../../../openapi/check-content.ts'
import type { Finding } from '../finding.ts'
import { described } from '../operation-of.ts'
import type { SeenBody } from '../seen-exchange.ts'
import { type Answered, finding } from './answered.ts'
import { violationOf, withoutEchoes } from './classify.ts'
import { isWriteOnly } from './one-way-fields.ts'

/** What an answer does that the description does not say: status, headers, content type, body. */
export function findingsInAnswer(exchange: Answered, checker: Checker): Finding[] {
  const { request, response, operationId } = exchange
  const { status, headers, body } = response
  const found = checker.checkAnswer({
    operationId,
    method: request.method,
    status,
    headers: Object.fromEntries(headers),
    body: bodyToCheck(body),
  })
  const violations = withoutEchoes(found.filter((one) => one.class === 'violation'))
  const others = found.filter((one) => one.class !== 'violation')
  return [...others, ...violations].map((one) => translated(exchange, one))
}

/** What nobody kept is no body that can be looked into; why is told by `reasonNotKept`. */
function bodyToCheck(body: SeenBody): unknown {
  if (body.kind === 'none') return null
  if (body.kind === 'json') return new ParsedBody(body.value)
  return body.kind === 'text' ? body.text : (body.bytes ?? { notKept: true })
}

function translated(exchange: Answered, found: DescriptionFinding): Finding {
  const { message, pointer = '', expected = '', received = '', schemaPath } = found
  const same = { message, pointer, expected, received, ...(schemaPath === undefined ? {} : { schemaPath }) }
  switch (found.class) {
    case 'undocumented-status':
      return outside(exchange) ?? finding(exchange, { ...same, class: 'undocumented-status' })
    case 'missing-required-header':
      return finding(exchange, { ...same, class: 'missing-header', pointer: `/${expected}` })
    case 'body-not-allowed':
      return finding(exchange, { ...same, class: 'empty-body', expected: 'no body' })
    case 'undocumented-field':
      return finding(exchange, { ...same, ...fieldClass(exchange, pointer) })
    case 'undocumented-content-type':
      return finding(exchange, { ...same, ...contentTypeClass(exchange) })
    case 'not-checked':
      return finding(exchange, {
        ...same,
        class: 'not-checked',
        severity: 'info',
        message: reasonFor(exchange, message),
      })
    default:
      return finding(exchange, { ...same, ...violationClass(exchange, found) })
  }
}

/** A success where no operation is described: the path or the method is what nobody knew of. */
function outside(exchange: Answered): Finding | null {
  const { request, response } = exchange
  const match = described(request.method, request.url)
  if (match.kind === 'route' || response.status >= 400) return null
  const { pathname } = new URL(request.url)
  const kind = match.kind === 'method-not-allowed' ? 'undocumented-method' : 'undocumented-path'
  const message = `${request.method} ${pathname} is answered with ${response.status}, and described nowhere`
  const expected = match.kind === 'method-not-allowed' ? match.allow.join(', ') : 'a described path'
  return finding(exchange, { class: kind, expected, received: `${request.method} ${pathname}`, message })
}

function fieldClass(
  { operationId, response }: Answered,
  pointer: string,
): Pick<Finding, 'class' | 'message'> {
  if (isWriteOnly(operationId, response.status, pointer))
    return { class: 'write-only-leaked', message: `${pointer} is for requests only` }
  return { class: 'undocumented-field', message: `${pointer} is not described` }
}

/** A body that should be there and is not has no type either. */
function contentTypeClass({ response }: Answered): Partial<Finding> & Pick<Finding, 'class'> {
  if (response.body.kind !== 'none') return { class: 'undocumented-content-type', pointer: '/content-type' }
  return { class: 'empty-body', message: 'there is no body', received: 'no body' }
}

function violationClass(
  { response }: Answered,
  found: DescriptionFinding,
): Partial<Finding> & Pick<Finding, 'class'> {
  const { body, status } = response
  if (found.keyword === undefined && body.kind === 'none')
    return { class: 'empty-body', message: 'there is no body', received: 'no body' }
  if (status >= 400) return { class: 'error-shape' }
  return found.keyword === undefined ? { class: 'type' } : violationOf(found)
}

/** Why a body was not looked into, as exactly as is known. */
function reasonFor({ response: { body } }: Answered, reason: string): string {
  if (body.kind !== 'bytes') return reason
  if (body.incomplete) return 'whoever asked for it did not read it to its end'
  return body.bytes === undefined ? `it is longer than what is kept: ${body.size} bytes` : reason
}
