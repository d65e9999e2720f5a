import { createHash } from 'node:crypto'
import type { OperationId } from '../../../../openapi/generated/routes.ts'
import type { Finding } from '../../finding.ts'
import type { Json } from '../../json.ts'
import type { SeenExchange } from '../../seen-exchange.ts'

/** A GET of a job, answered with a body; everything about it can be changed. */
export function anExchange(
  body: Json,
  {
    operationId = 'getJob' as OperationId,
    status = 200,
    seq = 1,
    scenario = 'jobs/read',
    at = '2026-11-28',
  } = {},
): SeenExchange {
  const text = JSON.stringify(body)
  const sha256 = createHash('sha256').update(text).digest('hex')
  return {
    seq,
    scenario,
    phase: 'scenario',
    caller: 'owner',
    operationId,
    request: { method: 'GET', url: 'https://platform.test/', headers: [], body: { kind: 'none' } },
    response: { status, headers: [], body: { kind: 'json', value: body, size: text.length, sha256 } },
    startedAt: `${at}T12:00:00.000Z`,
    durationMs: 5,
  }
}

/** What the checks say of an exchange. */
export function aFinding(changes: Partial<Finding> = {}): Finding {
  return {
    class: 'undocumented-field',
    operationId: 'getJob',
    status: 200,
    side: 'response',
    pointer: '/brandNew',
    expected: 'no such field',
    received: '1',
    message: '/brandNew is not described',
    scenario: 'jobs/read',
    seq: 1,
    severity: 'error',
    ...changes,
  }
}
