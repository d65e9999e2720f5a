import type { Clock } from '../clock.ts'

interface Sample {
  readonly at: number
  readonly bytes: number
}

export const WINDOW_MS = 5_000
const SAMPLE_MS = 200

/** How fast bytes move, over the last seconds. */
export class RateMeter {
  readonly #clock: Clock
  readonly #samples: Sample[]
  #latest: Sample

  constructor(clock: Clock) {
    this.#clock = clock
    this.#latest = { at: clock.now(), bytes: 0 }
    this.#samples = [this.#latest]
  }

  /** So many bytes in all, up to now. */
  reached(bytes: number): void {
    const at = this.#clock.now()
    this.#latest = { at, bytes }
    const last = this.#samples.at(-1)
    // Fewer than before: something starts over, and what was measured means nothing any more.
    if (last && bytes < last.bytes) this.#samples.splice(0)
    if (this.#samples.length > 0 && last && at - last.at < SAMPLE_MS) return
    this.#samples.push(this.#latest)
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > WINDOW_MS) this.#samples.shift()
  }

  bytesPerSecond(): number {
    const [oldest] = this.#samples
    const passed = this.#latest.at - (oldest?.at ?? this.#latest.at)
    return passed > 0 ? ((this.#latest.bytes - (oldest?.bytes ?? 0)) / passed) * 1000 : 0
  }
}
