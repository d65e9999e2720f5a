import type { Finding } from '../../openapi/check-answer.ts'
import type { OperationId } from '../../openapi/generated/routes.ts'
import type { AppliedFault } from '../exchange/trace.ts'
import type { Why } from '../exchange/why.ts'

/** One body, as far as it is kept. */
export interface RecordedBody {
  /** Bytes that passed. */
  readonly size: number
  /** Of all bytes that passed, in hexadecimal, as they were before anything was blanked. Null when not all passed. */
  readonly sha256: string | null
  /** Whether the body was read, or sent, to its end. */
  readonly isComplete: boolean
  /** The beginning alone is kept. */
  readonly isCut: boolean
  /** Keys or secrets were blanked. */
  readonly isRedacted: boolean
  /** What is kept, where it is text. */
  readonly text?: string
  /** What is kept, where it is not. */
  readonly base64?: string
}

/** Names in lower case; without keys and secrets. */
export type RecordedHeaders = Readonly<Record<string, string | readonly string[]>>

/** One exchange as the journal tells it. */
export interface JournalEntry {
  /** From 1 on, one after the other in the order in which answers were ready. */
  readonly number: number
  /** Null where the request was no described operation. */
  readonly operationId: OperationId | null
  /** A hash of the key; null for requests that came without one. */
  readonly tenantId: string | null
  /** Real time, ISO 8601. */
  readonly startedAt: string
  /** Real time until the answer was ready, or its body had passed. */
  readonly durationMilliseconds: number
  /** Virtual time as the request was answered, as the platform writes it. Null where no world was asked. */
  readonly virtualTime: string | null
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: RecordedHeaders
    /** Null where there was none. */
    readonly body: RecordedBody | null
  }
  /** Null when the client left before there was one. */
  readonly answer: {
    readonly status: number
    readonly headers: RecordedHeaders
    readonly body: RecordedBody | null
  } | null
  readonly fault: AppliedFault | null
  readonly findings: readonly Finding[]
  /** Why it failed, and what would have been right. Null for what did not fail. */
  readonly why: Why | null
}
