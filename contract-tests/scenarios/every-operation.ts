import { type OperationId, routes } from '../../openapi/generated/routes.ts'
import { requestOf } from '../harness/encode-request.ts'
import { deviceRequest, jobRequest, uploadForm } from '../harness/job-requests.ts'
import type { RawAnswer, RawRequest, Speaker } from '../harness/scenario-context.ts'
import { expectEqual } from '../harness/scenario-context.ts'

/** Six letters, as all ids, and nobody's: for requests that are refused before anybody looks at the id. */
export const NO_ID = 'zzzzzz'

export interface Ids {
  readonly jobId?: string
  readonly fileId?: string
  readonly deviceId?: string
  readonly organizationCode?: string
}

/** Any operation as a request, with ids of our own where there are any. Nothing is sent as a body. */
export function requestFor(operationId: OperationId, ids: Ids = {}): RawRequest {
  const { jobId = NO_ID, fileId = NO_ID, deviceId = NO_ID, organizationCode = NO_ID } = ids
  const named = { jobId, fileId, deviceId, runId: '1', code: NO_ID, organizationCode }
  const path = { ...named, path: 'process_output.log' }
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

/** Bodies that would do if everything else did. */
const bodies: Readonly<Partial<Record<OperationId, (name: string) => unknown>>> = {
  createJob: (name) => jobRequest({ name }),
  replaceJob: (name) => jobRequest({ name }),
  updateJob: (name) => ({ name }),
  shareJob: () => ({ email: 'nobody@example.com' }),
  addJobTag: () => ({ name: 'x' }),
  removeJobTag: () => ({ name: 'x' }),
  setJobCustomFields: () => ({ x: 'x' }),
  assignJobToProject: () => ({ projectId: NO_ID }),
  attachStorageDevice: () => ({ storageDevice: { id: NO_ID } }),
  createStorageDevice: (name) => deviceRequest(name, NO_ID),
  updateFile: (name) => ({ name }),
  downloadFilesToStorageDevice: () => ({ files: [{ id: NO_ID }] }),
  uploadFile: (name) => uploadForm(name, new Uint8Array(1)),
  replaceUploadFile: (name) => uploadForm(name, new Uint8Array(1)),
}

/** As `requestFor`, with a body that nothing is wrong with. */
export function validRequestFor(operationId: OperationId, ids: Ids = {}, name = 'x'): RawRequest {
  const request = requestFor(operationId, ids)
  const body = bodies[operationId]?.(name)
  if (body === undefined) return request
  if (body instanceof FormData) return { ...request, body }
  return { ...request, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
