/** What can be made on the platform, and has to be taken away again. */
export type OwnedKind = 'job' | 'file' | 'storage-device'

export interface Amount {
  readonly amount: number
  readonly currency: string
}

/** One line of a ledger. `at` is ISO 8601; `run` says which run wrote it. */
export type LedgerEntry = LedgerFact & { readonly at: string; readonly run: string }

export type LedgerFact =
  | { readonly type: 'run'; readonly marker: string; readonly pid: number; readonly profile: string }
  /** Something is about to be made under that name. */
  | { readonly type: 'intent'; readonly intent: number; readonly kind: OwnedKind; readonly name: string }
  | {
      readonly type: 'created'
      readonly intent: number
      readonly kind: OwnedKind
      readonly id: string
      readonly adopted?: true
    }
  /** The platform refused, or it was looked for and not found: nothing was made. */
  | { readonly type: 'not-created'; readonly intent: number; readonly why: string }
  /** About to be submitted, at worst for that much. */
  | { readonly type: 'submit'; readonly kind: OwnedKind; readonly id: string; readonly worst: Amount }
  /** The platform refused: nothing is spent. */
  | { readonly type: 'not-submitted'; readonly id: string; readonly why: string }
  | { readonly type: 'stopped'; readonly id: string; readonly by: 'clean-up' | 'dead-man' | 'reap' }
  | { readonly type: 'deleting'; readonly kind: OwnedKind; readonly id: string }
  | { readonly type: 'deleted'; readonly kind: OwnedKind; readonly id: string; readonly how: string }
  /** Everything that was made is gone; or not. */
  | { readonly type: 'run-over'; readonly left: number }

/** Something that was made, and what has become of it. */
export interface Owned {
  readonly kind: OwnedKind
  readonly id: string
  readonly name: string
  readonly run: string
  readonly submitted: boolean
  readonly gone: boolean
}

export interface OpenIntent {
  readonly intent: number
  readonly kind: OwnedKind
  readonly name: string
  readonly run: string
  readonly at: string
}
