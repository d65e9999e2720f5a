/** Bytes from `start` up to, but not including, `end`. Never empty. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export type RangeVerdict =
  /** No range, or one that must be ignored: the whole content, status 200. */
  | { readonly kind: 'whole' }
  | { readonly kind: 'ranges'; readonly ranges: readonly ByteRange[] }
  /** Status 416. */
  | { readonly kind: 'unsatisfiable' }

/**
 * Ranges that one request may ask for; a header with more is ignored, which RFC 9110 §14.2 allows.
 * The tutorial asks for one at a time. Each costs a part header, and overlapping ones are merged, so this
 * only bounds the work of reading the header.
 */
export const maximumRanges = 100

const whole: RangeVerdict = { kind: 'whole' }
const unsatisfiable: RangeVerdict = { kind: 'unsatisfiable' }

/** What a `Range` header asks of content of `size` bytes (RFC 9110 §14). */
export function rangesOf(header: string | undefined, size: number): RangeVerdict {
  const specs = header === undefined ? null : rangeSpecs(header)
  if (specs === null || specs.length > maximumRanges) return whole
  // An empty file has no last bytes to give, yet a suffix range of it is satisfiable (RFC 9110 §14.1.2).
  if (size === 0)
    return specs.some((spec) => spec.kind === 'suffix' && spec.length > 0) ? whole : unsatisfiable
  const ranges = specs.map((spec) => rangeWithin(spec, size)).filter((range) => range !== null)
  return ranges.length === 0 ? unsatisfiable : { kind: 'ranges', ranges: withoutOverlaps(ranges) }
}

type RangeSpec =
  | { readonly kind: 'suffix'; readonly length: number }
  /** `last` is inclusive, and infinite where the header leaves it out. */
  | { readonly kind: 'from'; readonly first: number; readonly last: number }

/** Null when the header is not a set of byte ranges, and then to be ignored. */
function rangeSpecs(header: string): readonly RangeSpec[] | null {
  const set = /^bytes=(.*)$/i.exec(header.trim())?.[1]
  if (set === undefined) return null
  // Empty members of a list are skipped (RFC 9110 §5.6.1.2).
  const members = set.split(',').map((member) => member.trim())
  const specs = members.filter((member) => member !== '').map(rangeSpec)
  return specs.length === 0 || specs.includes(null) ? null : specs.filter((spec) => spec !== null)
}

function rangeSpec(member: string): RangeSpec | null {
  const [, first, last] = /^(\d*)-(\d*)$/.exec(member) ?? []
  if (first === undefined || last === undefined || first + last === '') return null
  if (first === '') return { kind: 'suffix', length: Number(last) }
  const spec = {
    kind: 'from',
    first: Number(first),
    last: last === '' ? Number.POSITIVE_INFINITY : Number(last),
  } as const
  return spec.last < spec.first ? null : spec
}

/** Null when no byte of the content is meant. An end beyond the content is clipped: the tutorial asks for one. */
function rangeWithin(spec: RangeSpec, size: number): ByteRange | null {
  const start = spec.kind === 'suffix' ? Math.max(0, size - spec.length) : spec.first
  const end = spec.kind === 'suffix' ? size : Math.min(size, spec.last + 1)
  return start < end ? { start, end } : null
}

/**
 * Ranges that overlap become one, so that no request gets more bytes than the file has (RFC 9110 §14.2
 * names this attack). Without an overlap the order of the request is kept.
 */
function withoutOverlaps(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const sorted = [...ranges].sort((one, other) => one.start - other.start)
  const merged: ByteRange[] = []
  for (const range of sorted) {
    const last = merged.at(-1)
    if (last === undefined || range.start >= last.end) merged.push(range)
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
  }
  return merged.length === ranges.length ? ranges : merged
}
