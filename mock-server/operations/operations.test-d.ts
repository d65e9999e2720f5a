// Read by the typecheck only: what must not compile.
import { operations } from './index.ts'
import type { Operation, Operations } from './operation.ts'

const { getJob: _left, ...incomplete } = operations

// @ts-expect-error an operation that is described but not implemented
export const missing: Operations = incomplete

// @ts-expect-error a status that is not described
export const undescribedStatus: Operation<'getCurrentUser'> = () => ({
  status: 418,
  body: { detail: 'teapot' },
})

// @ts-expect-error a body that lacks what the description requires
export const wrongBody: Operation<'getConnectionDetails'> = () => ({
  status: 200,
  body: { connectionDetails: [{}] },
})

// @ts-expect-error a path parameter that the path does not have
export const wrongParameter: Operation<'getJob'> = ({ path }) => ({
  status: 404,
  body: { detail: path.fileId },
})
