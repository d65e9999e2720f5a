import type { OperationId } from '../../openapi/generated/routes.ts'
import type { Finding } from '../harness/finding.ts'

/** A body that no scenario's run looks into. */
export interface NotChecked extends Pick<Finding, 'side' | 'message'> {
  readonly operationId: OperationId
  readonly status: number
  /** Why that is no gap. */
  readonly because: string
}

const COMPARED =
  'no schema says what is in a file; relations compare its bytes with those uploaded, its checksum and its whole'
const FORM = 'a form with a file in it; relations compare its name and bytes with what is answered'

/** All that the suite leaves unchecked. What is not here fails it: a check that looks away is noticed. */
export const notChecked: readonly NotChecked[] = [
  {
    operationId: 'downloadFile',
    status: 200,
    side: 'response',
    message: 'any text will do',
    because: COMPARED,
  },
  { operationId: 'downloadFile', status: 200, side: 'response', message: 'binary', because: COMPARED },
  { operationId: 'downloadFile', status: 206, side: 'response', message: 'binary', because: COMPARED },
  {
    ...{ operationId: 'tailRunFile', status: 200, side: 'response', message: 'any text will do' },
    because: 'what a program printed; runs/live compares the last lines with the whole',
  },
  { operationId: 'uploadFile', status: 201, side: 'request', message: 'binary', because: FORM },
  { operationId: 'replaceUploadFile', status: 201, side: 'request', message: 'binary', because: FORM },
]
