import type { Segment, SegmentPlan } from './segments.ts'

/** A piece that is being fetched, and how fast. */
export interface Victim {
  readonly plan: SegmentPlan
  readonly segment: Segment
  /** Bytes per millisecond; undefined as long as nothing is known. */
  readonly rate: number | undefined
}

// Less is not known well enough.
const MEASURED_MS = 500
// What is done sooner is not worth a request.
const SLOW_MS = 2_000
// Nor is less than that, however slow it is.
const LEAST_BYTES = 128 * 1024
// A connection that much slower than the usual one loses everything that it has not received.
const HOPELESS = 1 / 4

/** How fast a segment's present request delivers. */
export function rateOf({ since, received, from }: Segment, now: number): number | undefined {
  if (since === undefined || now - since < MEASURED_MS) return undefined
  return (received - from) / (now - since)
}

/** What a piece still lacks. */
export function remainder({ end, received }: Segment): number {
  return end + 1 - received
}

/** Milliseconds until a piece is there. */
export function etaOf({ segment, rate }: Victim): number {
  return rate === undefined ? 0 : remainder(segment) / Math.max(rate, Number.MIN_VALUE)
}

/** The piece whose rest an idle connection should share: what would be done last. */
export function slowest(
  victims: readonly Victim[],
  minBytes: number,
  usual: number | undefined,
): Victim | undefined {
  // One that has only just begun will show soon how fast it is; where nothing is known of any, size decides.
  const known = usual === undefined ? victims : victims.filter(({ rate }) => rate !== undefined)
  const worthwhile = known.filter((victim) => isWorthwhile(victim, minBytes))
  return worthwhile.toSorted((a, b) => etaOf(b) - etaOf(a) || remainder(b.segment) - remainder(a.segment))[0]
}

function isWorthwhile(victim: Victim, minBytes: number): boolean {
  const left = remainder(victim.segment)
  return left >= 2 * minBytes || (left >= LEAST_BYTES && etaOf(victim) > SLOW_MS)
}

/** Takes over so much of a piece that both are done at the same time; all of it from a connection that hardly moves. */
export function steal({ plan, segment, rate }: Victim, usual: number | undefined): Segment {
  const { received } = segment
  if (rate !== undefined && usual !== undefined && rate < usual * HOPELESS) {
    const rest = plan.split(segment, received)
    segment.cancel?.()
    return rest
  }
  const share = rate === undefined || usual === undefined ? 1 / 2 : rate / (rate + usual)
  return plan.split(segment, received + Math.floor(remainder(segment) * share))
}

/** The usual rate of a connection: of those at work, and of those that were done before. */
export function medianRate(
  victims: readonly Pick<Victim, 'rate'>[],
  before: readonly number[] = [],
): number | undefined {
  const known = victims.flatMap(({ rate }) => (rate === undefined ? [] : [rate]))
  const rates = [...known, ...before].toSorted((a, b) => a - b)
  return rates[Math.floor(rates.length / 2)]
}
