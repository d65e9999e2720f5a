import type { Finding } from '../../openapi/check-answer.ts'
import type { OperationId } from '../../openapi/generated/routes.ts'
import type { Platform } from '../domain/platform.ts'
import type { Refusal } from '../domain/refusal.ts'

/** What a test had planned and this request met. */
export interface AppliedFault {
  /** The kind of fault, e.g. `reset` or `cut`. */
  readonly kind: string
  /** Where it was planned; null when chance or a header brought it. */
  readonly plan: string | null
  /** What it did, for people, e.g. `cut the body after 1024 bytes`. */
  readonly effect: string
}

/** What becomes known of a request on its way. Each step fills in what it knows, where a trace is kept. */
export interface Trace {
  /** Null as long as no described operation was found. */
  operationId: OperationId | null
  /** Whose world was asked; null as long as nobody was let in. */
  platform: Platform | null
  /** Why the platform said no. */
  refusal: Refusal | null
  fault: AppliedFault | null
  /** What of the answer the description does not say; only where answers are checked. */
  findings: readonly Finding[]
}

const none: readonly Finding[] = []

export const newTrace = (): Trace => ({
  operationId: null,
  platform: null,
  refusal: null,
  fault: null,
  findings: none,
})
