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

/** What a `Range` header asks of content of `size` bytes (RFC 9110 §14). */
export function rangesOf(header: string | undefined, size: number): RangeVerdict {
  throw new Error(`not written yet: ${header} ${size}`)
}
