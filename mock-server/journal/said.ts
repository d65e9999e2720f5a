import type { Finding } from '../../openapi/check-answer.ts'
import type { OperationId } from '../../openapi/generated/routes.ts'
import type { ExchangeAnswer, ExchangeRequest } from '../exchange/http.ts'
import type { AppliedFault } from '../exchange/trace.ts'
import type { Why } from '../exchange/why.ts'
import type { RecordedHeaders } from './entry.ts'
import type { EntryTimes } from './entry-ring.ts'
import type { KeptBody, PassedBody } from './kept-body.ts'

/** One exchange that is over, or whose last bytes are about to leave. */
export interface Draft extends EntryTimes {
  readonly operationId: OperationId | null
  readonly request: Pick<ExchangeRequest, 'method' | 'target' | 'origin' | 'headers'>
  readonly requestBody: PassedBody | null
  /** Null when the client left before there was one. */
  readonly answer: Pick<ExchangeAnswer, 'status' | 'headers'> | null
  readonly answerBody: string | Uint8Array | PassedBody | null
  readonly fault: AppliedFault | null
  readonly findings: readonly Finding[]
  readonly why: Why | null
}

/** What an entry tells besides its number and its times, without keys and secrets. One may be that of many entries. */
export interface Said {
  readonly operationId: OperationId | null
  readonly method: string
  readonly url: string
  readonly requestHeaders: RecordedHeaders
  readonly requestBody: KeptBody | null
  readonly status: number | null
  readonly answerHeaders: RecordedHeaders
  readonly answerBody: KeptBody | null
  readonly fault: AppliedFault | null
  readonly findings: readonly Finding[]
  readonly why: Why | null
}
