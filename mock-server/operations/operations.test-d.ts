// Read by the typecheck only: what must not compile.
import { operations } from './index.ts'
import type { Operation, Operations } from './operation.ts'

const { getJob: _left, ...incomplete } = operations

// @ts-expect-error an operation that is described but not implemented
export const missing: Operations = incomplete

const teapot = { status: 418, body: { detail: 'teapot' } } as const
// @ts-expect-error a status that is not described
export const undescribedStatus: Operation<'getCurrentUser'> = () => teapot

const noHost = { status: 200, body: { connectionDetails: [{ port: 22 }] } } as const
// @ts-expect-error a body that lacks what the description requires
export const wrongBody: Operation<'getConnectionDetails'> = () => noHost

export const wrongParameter: Operation<'getJob'> = ({ path }) => ({
  status: 404,
  // @ts-expect-error a path parameter that the path does not have
  body: { detail: path.fileId },
})
