import { type OperationId, routes } from '../../openapi/generated/routes.ts'
import { requestOf } from '../harness/encode-request.ts'
import type { RawAnswer, RawRequest, Speaker } from '../harness/scenario-context.ts'
import { expectEqual } from '../harness/scenario-context.ts'

/** Six letters, as all ids, and nobody's: for requests that are refused before anybody looks at the id. */
export const NO_ID = 'zzzzzz'

export interface Ids {
  readonly jobId?: string
  readonly fileId?: string
  readonly deviceId?: string
}

/** Any operation as a request, with ids of our own where there are any. Nothing is sent as a body. */
export function requestFor(operationId: OperationId, ids: Ids = {}): RawRequest {
  const { jobId = NO_ID, fileId = NO_ID, deviceId = NO_ID } = ids
  const path = { jobId, fileId, deviceId, runId: '1', code: NO_ID, path: 'process_output.log' }
  return requestOf(operationId, { path })
}

export const operationsWith = (status: number): OperationId[] =>
  routes.filter(({ answers }) => String(status) in answers).map(({ operationId }) => operationId)

const methods = new Map(routes.map(({ operationId, method }) => [operationId, method]))

export const isRead = (operationId: OperationId): boolean => methods.get(operationId) === 'GET'

/** Sends something, and wants that status, and an answer that says why. */
export async function refused(
  t: Speaker,
  request: RawRequest,
  status: number,
  what: string,
): Promise<RawAnswer> {
  const answer = await t.send(request)
  expectEqual(answer.status, status, `${request.method} ${request.path} ${what}`)
  return answer
}

/** As many empty JSON bodies as there are operations that insist on one. */
export const withJson = (request: RawRequest, body: unknown): RawRequest => ({
  ...request,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
