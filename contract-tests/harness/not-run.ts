/** Why something was not done. Data rather than prose, so that it can be counted. */
export type ReasonKind =
  /** It is not for that kind of platform, and says so itself: the only reason that leaves a run complete. */
  | 'not-for-this-target'
  /** It would be billed. */
  | 'costs-money'
  /** The user did not allow what it does: creating, submitting. */
  | 'not-allowed'
  /** It takes rights that the key at hand does not have. */
  | 'needs-permission'
  | 'needs-second-key'
  /** Nothing a client can send makes the platform answer so. */
  | 'cannot-be-provoked'
  /** Not described well enough to know what to send. */
  | 'not-known-how'
  /** The target cannot make the precondition. */
  | 'no-such-state'
  | 'not-recorded'
  | 'unreachable'
  | 'no-credentials'
  | 'budget'

export interface Reason {
  readonly kind: ReasonKind
  /** One sentence, with what to do about it where something can be done. */
  readonly text: string
}

/** Thrown by whoever finds out that a scenario cannot go on here, though nothing is wrong with what was seen. */
export class CannotRunError extends Error {
  override readonly name = 'CannotRunError'
  readonly reason: Reason

  constructor(reason: Reason, options?: ErrorOptions) {
    super(reason.text, options)
    this.reason = reason
  }
}
