import type { OperationId } from '../../openapi/generated/routes.ts'
import type { ReasonKind } from '../harness/not-run.ts'
import { operationsWith } from './every-operation.ts'

/** Why no scenario meets a described answer. */
export interface Unreachable {
  readonly operationId: OperationId
  readonly status: number
  readonly kind: ReasonKind
  readonly text: string
}

/**
 * 403 is what Django REST framework says to who may see something and not change it; no source tells what version 2 of
 * the API says (api-facts §12.2, 15). What a stranger may not see is 404, and covered.
 */
function forbidden(operationId: OperationId): Unreachable {
  const cell = { operationId, status: 403 } as const
  if (/StorageDevice$/.test(operationId) && operationId !== 'attachStorageDevice')
    return {
      ...cell,
      kind: 'not-known-how',
      text: 'A storage device that one may see and not change: no source says how one comes by it, or whether there is such a thing.',
    }
  if (/File$/.test(operationId))
    return {
      ...cell,
      kind: 'needs-permission',
      text: 'It takes a file of a job that somebody else has shared. Sharing writes to a person, so no test does it on a real account; a key of the mock opens one user’s world.',
    }
  return {
    ...cell,
    kind: 'needs-permission',
    text: 'It takes a job that somebody else has shared for looking only. Sharing writes to a person, so no test does it on a real account; a key of the mock opens one user’s world.',
  }
}

/** A described answer is here, or covered by a scenario, and never both. */
export const unreachable: readonly Unreachable[] = operationsWith(403).map(forbidden)
