import { createHash } from 'node:crypto'
import type { FindingClass, FindingSeverity } from '../finding.ts'
import type { Patch } from './patch.ts'
import type { ExchangeReference } from './shapes.ts'

/** What is compared with what. The first is the one that is believed less. */
export const pairs = [
  'mock-description',
  'recording-description',
  'live-description',
  'mock-recording',
  'mock-live',
  'recording-live',
] as const
export type Pair = (typeof pairs)[number]

/** Who is probably wrong. `platform`: it has changed since it was recorded. */
export type Culprit = 'mock' | 'description' | 'recording' | 'platform' | 'unknown'

/** All occurrences of one disagreement, however often it was seen. */
export interface DriftFinding {
  /** Stable over runs: of pair, operation, status, place and class. */
  readonly fingerprint: string
  readonly pair: Pair
  readonly class: FindingClass
  readonly operationId: string | null
  readonly status: number | null
  readonly side: 'request' | 'response'
  /** With `*` for every item of a list. */
  readonly pointer: string
  readonly expected: string
  readonly received: string
  readonly message: string
  readonly severity: FindingSeverity
  readonly culprit: Culprit
  /** Why that one, in a sentence. */
  readonly because: string
  readonly evidence: readonly ExchangeReference[]
  readonly occurrences: number
  /** What would mend it, where that can be said. */
  readonly patch: Patch | null
  /** Set where somebody has accepted it, for now. */
  readonly accepted: Acceptance | null
}

export interface Acceptance {
  readonly owner: string
  readonly reason: string
  /** The last day on which it is accepted, e.g. `2027-03-01`. */
  readonly reviewBy: string
}

type Place = Pick<DriftFinding, 'pair' | 'class' | 'operationId' | 'status' | 'side' | 'pointer'>

const FINGERPRINT_LENGTH = 12

export function fingerprintOf({ pair, class: kind, operationId, status, side, pointer }: Place): string {
  const text = JSON.stringify([pair, kind, operationId, status, side, pointer])
  return createHash('sha256').update(text).digest('hex').slice(0, FINGERPRINT_LENGTH)
}

/** The same for every item of a list: what is wrong with one page's items is one finding. */
export const generalized = (pointer: string): string => pointer.replace(/\/\d+(?=\/|$)/g, '/*')
