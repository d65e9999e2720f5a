import { hour, type Instant, minute } from '../domain/instant.ts'

const MINUTES = 60

export interface SavedWindow {
  readonly steps: readonly number[]
  readonly counts: readonly number[]
}

export interface SavedBusiestHour {
  readonly byMinute: readonly number[]
  readonly minute: number
  readonly most: number
}

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

  /** Instants as distances from the one before. */
  save(): SavedWindow {
    const times = this.#times.slice(this.#head)
    return {
      steps: times.map((time, place) => time - (times[place - 1] ?? 0)),
      counts: this.#counts.slice(this.#head),
    }
  }

  load({ steps, counts }: SavedWindow): void {
    this.#times = []
    for (const step of steps) this.#times.push((this.#times.at(-1) ?? 0) + step)
    this.#counts = [...counts]
    this.#head = 0
    this.#size = counts.reduce((sum, count) => sum + count, 0)
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

  save(): SavedBusiestHour {
    return { byMinute: [...this.#byMinute], minute: this.#minute, most: this.most }
  }

  load({ byMinute, minute: current, most }: SavedBusiestHour): void {
    this.#byMinute.fill(0)
    this.#byMinute.set(byMinute.slice(0, MINUTES))
    this.#minute = current
    this.#sum = this.#byMinute.reduce((sum, count) => sum + count, 0)
    this.most = most
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
