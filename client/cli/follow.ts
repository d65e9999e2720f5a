/**
 * Finds what is new in the last lines of a file that grows. Each look gives a window of its end; what two windows
 * have in common is told once. The very last line may still be written to, so it waits for the next look.
 */
export class LineFollower {
  #told: readonly string[] = []

  /** The lines that came since the last look. */
  next(window: readonly string[], options: { isLast?: boolean } = {}): string[] {
    const whole = options.isLast ? window : window.slice(0, -1)
    const fresh = whole.slice(overlap(this.#told, whole))
    this.#told = whole.length > 0 ? whole : this.#told
    return fresh
  }
}

/** How many lines at the end of `before` are the first ones of `after`. */
function overlap(before: readonly string[], after: readonly string[]): number {
  for (let length = Math.min(before.length, after.length); length > 0; length--) {
    const start = before.length - length
    let same = 0
    while (same < length && before[start + same] === after[same]) same++
    if (same === length) return length
  }
  return 0
}
