/** How many connections a call uses; shared by all its files. */
export interface ConnectionTarget {
  readonly count: number
  /** So many bytes have come in all, over `active` connections. True when `count` has changed. */
  reached(bytes: number, active: number, now: number): boolean
  /** The platform said that it is too much. */
  refused(now: number): void
}

// client.md §1B: seeded at 4, at most 16; more than that only costs requests of the platform's budget.
export const FIRST = 4
export const MOST = 16
const TICK_MS = 500
// What huggingface.js keeps a further connection for.
const GAIN = 1.05
const HOLD_TICKS = 10

export function connectionTarget(fixed: number | undefined): ConnectionTarget {
  return fixed === undefined ? new PlateauSeeker() : new Fixed(Math.max(1, Math.floor(fixed)))
}

class Fixed implements ConnectionTarget {
  readonly count: number

  constructor(count: number) {
    this.count = count
  }

  reached(): boolean {
    return false
  }

  refused(): void {}
}

/**
 * Doubles the connections as long as that makes the whole faster, and goes back where it does not: a fixed number is
 * slower than one connection on some networks (client.md §2 row 17). Every ten ticks it looks again.
 */
export class PlateauSeeker implements ConnectionTarget {
  count = FIRST
  /** Where a step up began, and how fast it was there. */
  #before: { readonly count: number; readonly rate: number } | undefined
  #tick: { readonly at: number; readonly bytes: number } | undefined
  #settling = true
  #hold = 0

  reached(bytes: number, active: number, now: number): boolean {
    this.#tick ??= { at: now, bytes }
    const passed = now - this.#tick.at
    if (passed < TICK_MS) return false
    const rate = (bytes - this.#tick.bytes) / passed
    this.#tick = { at: now, bytes }
    // With fewer connections at work than there may be, the rate says nothing about their number.
    if (active < this.count) return false
    if (this.#settling) {
      this.#settling = false
      return false
    }
    return this.#judge(rate)
  }

  refused(now: number): void {
    this.count = Math.max(1, Math.floor(this.count / 2))
    this.#before = undefined
    this.#hold = 2 * HOLD_TICKS
    this.#tick = { at: now, bytes: this.#tick?.bytes ?? 0 }
    this.#settling = true
  }

  #judge(rate: number): boolean {
    if (this.#hold > 0) {
      this.#hold--
      return false
    }
    if (this.#before && rate < this.#before.rate * GAIN) {
      this.#move(this.#before.count)
      this.#before = undefined
      this.#hold = HOLD_TICKS
      return true
    }
    if (this.count >= MOST) return false
    this.#before = { count: this.count, rate }
    this.#move(Math.min(MOST, this.count * 2))
    return true
  }

  // New connections start slowly: the first tick after a step is not judged.
  #move(count: number): void {
    this.count = count
    this.#settling = true
  }
}
