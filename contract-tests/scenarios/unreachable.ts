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

const every = (status: number, kind: ReasonKind, text: string): Unreachable[] =>
  operationsWith(status).map((operationId) => ({ operationId, status, kind, text }))

/** A described answer is here, or covered by a scenario, and never both. */
export const unreachable: readonly Unreachable[] = [
  ...every(
    403,
    'needs-permission',
    'It takes somebody to whom a job was shared for looking only. A key opens one user’s world, so that here one sees things or does not.',
  ),
  {
    operationId: 'submitStorageDevice',
    status: 400,
    kind: 'cannot-be-provoked',
    text: 'A second submission is answered with 200 as of today; with 400 only after the change that the platform has announced.',
  },
]
