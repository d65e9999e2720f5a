/** How a number is written: a pattern of Java's DecimalFormat, as far as Rescale's help explains it. */
interface NumberPattern {
  readonly integers: number
  readonly leastDecimals: number
  readonly mostDecimals: number
  /** Digits of the exponent; 0 for none. */
  readonly exponent: number
}

/** More digits than a double has are noise; the limit keeps a pattern from making megabytes. */
const mostDigits = 40

/** `0`, `0.00##`, `0.0##E0`, `00E00`; null for anything else. */
function readPattern(pattern: string): NumberPattern | null {
  const [, whole, least = '', optional = '', exponent = ''] =
    /^#*(0+)(?:\.(0*)(#*))?(?:E(0+))?$/.exec(pattern) ?? []
  if (whole === undefined || pattern.length > mostDigits) return null
  return {
    integers: whole.length,
    leastDecimals: least.length,
    mostDecimals: least.length + optional.length,
    exponent: exponent.length,
  }
}

/** Null when the pattern is not understood. */
export function formatNumber(value: number, pattern: string): string | null {
  const read = readPattern(pattern)
  if (read === null || !Number.isFinite(value)) return null
  return read.exponent === 0 ? decimal(value, read) : scientific(value, read)
}

/** DecimalFormat rounds half to even. */
function decimal(value: number, { integers, leastDecimals, mostDecimals }: NumberPattern): string {
  const text = new Intl.NumberFormat('en-US', {
    useGrouping: false,
    minimumIntegerDigits: Math.min(integers, 21),
    minimumFractionDigits: leastDecimals,
    maximumFractionDigits: mostDecimals,
    roundingMode: 'halfEven',
  } as Intl.NumberFormatOptions).format(value)
  return /[1-9]/.test(text) ? text : text.replace('-', '')
}

function scientific(value: number, pattern: NumberPattern): string {
  const magnitude = value === 0 ? 0 : Number(value.toExponential().split('e')[1]) - (pattern.integers - 1)
  const mantissa = decimal(shifted(value, -magnitude), pattern)
  const overflows = mantissa.replace('-', '').split('.')[0] ?? ''
  // 9.96 as 0.0E0 is 1.0E1, not 10.0E0.
  if (overflows.length > pattern.integers)
    return written(shifted(value, -magnitude - 1), magnitude + 1, pattern)
  return written(shifted(value, -magnitude), magnitude, pattern)
}

const written = (mantissa: number, magnitude: number, pattern: NumberPattern): string =>
  `${decimal(mantissa, pattern)}E${magnitude < 0 ? '-' : ''}${String(Math.abs(magnitude)).padStart(pattern.exponent, '0')}`

/** By its text, because a multiplication would add noise to the last digits. */
function shifted(value: number, places: number): number {
  const [digits, exponent] = value.toExponential().split('e')
  return Number(`${digits}e${Number(exponent) + places}`)
}
