import { literal } from '../regexp-literal.ts'
import type { Acceptance, DriftFinding } from './drift-finding.ts'

/** A difference that somebody has looked at and accepts, for a time. Written by hand, in a JSON file. */
export interface AcceptedDifference extends Acceptance {
  /** All that are given must fit. `pointer` may hold `*` for a step and `**` for the rest. At least one besides `pair`. */
  readonly match: {
    readonly fingerprint?: string
    readonly pair?: string
    readonly class?: string
    readonly operationId?: string
    readonly status?: number
    readonly pointer?: string
  }
}

export interface AcceptanceReport {
  readonly findings: readonly DriftFinding[]
  /** Past their day: what they accepted counts again. */
  readonly expired: readonly AcceptedDifference[]
  /** Fit nothing any more, and can go. */
  readonly unused: readonly AcceptedDifference[]
}

/** Marks what is accepted. `today` like `2026-11-28`. */
export function accept(
  findings: readonly DriftFinding[],
  accepted: readonly AcceptedDifference[],
  today: string,
): AcceptanceReport {
  const expired = accepted.filter(({ reviewBy }) => reviewBy < today)
  const valid = accepted.filter(({ reviewBy }) => reviewBy >= today)
  const used = new Set<AcceptedDifference>()
  const marked = findings.map((finding) => {
    const by = valid.find(({ match }) => fits(finding, match))
    if (!by) return finding
    used.add(by)
    const { owner, reason, reviewBy } = by
    return { ...finding, accepted: { owner, reason, reviewBy } }
  })
  return { findings: marked, expired, unused: valid.filter((one) => !used.has(one)) }
}

function fits(finding: DriftFinding, match: AcceptedDifference['match']): boolean {
  const { pointer, ...plain } = match
  const same = Object.entries(plain).every(([key, value]) => finding[key as keyof DriftFinding] === value)
  return same && (pointer === undefined || globOf(pointer).test(finding.pointer))
}

function globOf(pattern: string): RegExp {
  const source = pattern
    .split('/')
    .map((step) => (step === '**' ? '.*' : step === '*' ? '[^/]+' : literal(step)))
    .join('/')
  return new RegExp(`^${source}$`)
}

/** A file of accepted differences cannot be read as such; the message says where and why. */
export class AcceptanceError extends Error {
  override readonly name = 'AcceptanceError'
}

/** Reads a file's text: `{"accepted": [{match, owner, reason, reviewBy}, …]}`. */
export function parseAcceptances(text: string): AcceptedDifference[] {
  const file = jsonOf(text)
  const list = isRecord(file) ? file.accepted : undefined
  if (!Array.isArray(list))
    throw new AcceptanceError('a file of accepted differences holds {"accepted": […]}')
  return list.map(acceptedOf)
}

function acceptedOf(entry: unknown, index: number): AcceptedDifference {
  const wrong = (why: string): AcceptanceError =>
    new AcceptanceError(`accepted difference ${index + 1} ${why}`)
  if (!isRecord(entry)) throw wrong('is no object')
  for (const key of ['owner', 'reason', 'reviewBy'])
    if (typeof entry[key] !== 'string' || entry[key] === '') throw wrong(`has no "${key}"`)
  if (!isDay(String(entry.reviewBy))) throw wrong('needs a "reviewBy" such as 2027-03-01')
  const { match } = entry
  if (!isRecord(match)) throw wrong('has no "match"')
  const unknown = Object.keys(match).find((key) => !matchKeys.includes(key))
  if (unknown !== undefined) throw wrong(`matches by "${unknown}"; known: ${matchKeys.join(', ')}`)
  if (Object.keys(match).every((key) => key === 'pair')) throw wrong('would accept everything')
  return entry as unknown as AcceptedDifference
}

/** Of the calendar: 2027-02-31 would be compared as a text, and never come. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

const matchKeys = ['fingerprint', 'pair', 'class', 'operationId', 'status', 'pointer']

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AcceptanceError(`this is no JSON: ${error instanceof Error ? error.message : error}`)
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
