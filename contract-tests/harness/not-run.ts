/** Why something was not done. Data rather than prose, so that it can be counted. */
export type ReasonKind =
  /** It would be billed. */
  | 'costs-money'
  /** The user did not allow what it does: creating, submitting. */
  | 'not-allowed'
  /** It takes rights that the key at hand does not have. */
  | 'needs-permission'
  | 'needs-second-key'
  /** Nothing a client can send, or may send, makes the platform answer so. */
  | 'cannot-be-provoked'
  /** What it makes, nobody could take away again. */
  | 'cannot-be-undone'
  /** It writes to others, decides for them, or may hit what is theirs. */
  | 'concerns-others'
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
  /** It is not for that kind of platform, and says so itself: the only reason that leaves a run complete. */
  readonly leftOut?: true
}

/** Why something is not told to a real platform, however much is allowed there. */
export interface NeverOnLive {
  readonly kind: (typeof neverOnLive)[number]
  readonly text: string
}

export const neverOnLive = [
  'costs-money',
  'needs-permission',
  'cannot-be-provoked',
  'cannot-be-undone',
  'concerns-others',
] as const satisfies readonly ReasonKind[]

/** Thrown by whoever finds out that a scenario cannot go on here, though nothing is wrong with what was seen. */
export class CannotRunError extends Error {
  override readonly name = 'CannotRunError'
  readonly reason: Reason

  constructor(reason: Reason, options?: ErrorOptions) {
    super(reason.text, options)
    this.reason = reason
  }
}
