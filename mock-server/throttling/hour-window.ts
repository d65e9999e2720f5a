import { hour, type Instant, minute } from '../domain/instant.ts'

const MINUTES = 60

/** Requests of the last hour, as Django REST framework's throttles keep them: the time of each that was let through. */
export class HourWindow {
  /** Requests at the same instant count together, so that a clock that stands still costs no memory. */
  #times: Instant[] = []
  #counts: number[] = []
  #head = 0
  #size = 0

  /** How many were let through in the hour before. */
  sizeAt(now: Instant): number {
    while (this.#head < this.#times.length && (this.#times[this.#head] ?? now) <= now - hour) {
      this.#size -= this.#counts[this.#head] ?? 0
      this.#head += 1
    }
    if (this.#head > 1_024 && this.#head * 2 > this.#times.length) this.#dropPassed()
    return this.#size
  }

  add(now: Instant): void {
    const last = this.#times.length - 1
    if (last >= this.#head && this.#times[last] === now) this.#counts[last] = (this.#counts[last] ?? 0) + 1
    else {
      this.#times.push(now)
      this.#counts.push(1)
    }
    this.#size += 1
  }

  /** When the oldest of them does not count any more; null when there is none. */
  nextFree(): Instant | null {
    const oldest = this.#times[this.#head]
    return oldest === undefined ? null : oldest + hour
  }

  #dropPassed(): void {
    this.#times = this.#times.slice(this.#head)
    this.#counts = this.#counts.slice(this.#head)
    this.#head = 0
  }
}

/** The most requests that came within an hour, to the minute, those that were refused included. */
export class BusiestHour {
  readonly #byMinute = new Int32Array(MINUTES)
  #minute = 0
  #sum = 0
  most = 0

  add(now: Instant): void {
    const current = Math.floor(now / minute)
    this.#forgetUntil(current)
    const place = current % MINUTES
    this.#byMinute[place] = (this.#byMinute[place] ?? 0) + 1
    this.#sum += 1
    if (this.#sum > this.most) this.most = this.#sum
  }

  #forgetUntil(current: number): void {
    const passed = Math.min(current - this.#minute, MINUTES)
    for (let step = 1; step <= passed; step += 1) {
      const place = (this.#minute + step) % MINUTES
      this.#sum -= this.#byMinute[place] ?? 0
      this.#byMinute[place] = 0
    }
    if (passed === MINUTES) {
      this.#byMinute.fill(0)
      this.#sum = 0
    }
    this.#minute = Math.max(this.#minute, current)
  }
}
