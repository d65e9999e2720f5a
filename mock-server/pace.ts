import { type Duration, hour, type Instant, millisecond, second } from './domain/instant.ts'
import type { WallClock } from './wall-clock.ts'

/** How virtual time moves. */
export type Pace =
  /** Only when told to (`advance`). */
  | { readonly kind: 'still' }
  /** To the end of whatever is due, before each request and after each change. */
  | { readonly kind: 'settled' }
  /**
   * Along with real time, so many times faster while there is something to wait for. Were it always, a server that
   * was started in the morning would date files of the afternoon weeks ahead, and programs that look for files of
   * today (NB 82) would find none.
   */
  | { readonly kind: 'times'; readonly factor: number }
  /** By a fixed step before each request. */
  | { readonly kind: 'per-request'; readonly step: Duration }

export const PACE_FORMS =
  'real, 60x, 600x (0.001x to 1000000x), settled, still, per-request:30s (8760h at most)'

/** Beyond them, time would stand still or be over at once. Ours. */
export const SLOWEST = 0.001
export const FASTEST = 1_000_000
export const LONGEST_STEP: Duration = 8_760 * hour

const UNITS: Readonly<Record<string, Duration>> = {
  ms: millisecond,
  s: second,
  m: 60 * second,
  h: 3600 * second,
}

/** Reads `90s`, `5m`, `250ms`, `1.5h`. Undefined when it is none of them. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const unit = UNITS[match?.[2] ?? '']
  return match && unit ? Math.round(Number(match[1]) * unit) : undefined
}

/** @throws {RangeError} naming the accepted forms */
export function parsePace(text: string): Pace {
  if (text === 'still' || text === 'settled') return { kind: text }
  if (text === 'real') return { kind: 'times', factor: 1 }
  const factor = Number(/^(\d+(?:\.\d+)?)x$/.exec(text)?.[1])
  if (factor >= SLOWEST && factor <= FASTEST) return { kind: 'times', factor }
  const step = text.startsWith('per-request:') ? parseDuration(text.slice('per-request:'.length)) : undefined
  if (step && step <= LONGEST_STEP) return { kind: 'per-request', step }
  throw new RangeError(`Pace "${text}" is none of: ${PACE_FORMS}`)
}

/** The form that `parsePace` reads. */
export function paceText(pace: Pace): string {
  if (pace.kind === 'times') return pace.factor === 1 ? 'real' : `${pace.factor}x`
  return pace.kind === 'per-request' ? `per-request:${pace.step / second}s` : pace.kind
}

/** What a pace moves: the virtual time of one platform. */
export interface Paced {
  now(): Instant
  nextDue(): Instant | null
  /** Whether something goes on that ends by itself, at an instant that nobody knows: a command that really runs. */
  isRunning(): boolean
  advanceTo(instant: Instant): void
  settle(): void
}

/**
 * While nothing goes on, time that is ahead of real time moves at this rate until that has caught up: not at all
 * would give different things the same date.
 */
const WAITING_RATE = 0.5

/** Moves one platform's time by its pace. Whoever changes the platform calls `before` and then `after`. */
export class Pacer {
  #pace: Pace
  readonly #world: Paced
  readonly #wall: WallClock
  #anchorReal = 0
  #anchorVirtual: Instant = 0
  /** Nothing goes on since the anchor, and time is fast only where there is something to wait for. */
  #isIdle = false
  #rate = 1
  /** How far virtual time lay from real time when the pace began. */
  #lead: Duration = 0
  #cancelTimer: (() => void) | null = null
  #timerFor: Instant | null = null
  #timerRate = 1
  /** Instants at which somebody looks whether they have come. */
  readonly #alarms = new Map<symbol, Instant>()

  constructor(world: Paced, pace: Pace, wall: WallClock) {
    this.#world = world
    this.#wall = wall
    this.#pace = pace
    this.#begin()
  }

  get pace(): Pace {
    return this.#pace
  }

  setPace(pace: Pace): void {
    this.catchUp()
    this.#pace = pace
    this.#begin()
    this.after()
  }

  /** Brings time to where it is now; a request sees what has happened until then. */
  before(): void {
    if (this.#pace.kind === 'per-request') this.#world.advanceTo(this.#world.now() + this.#pace.step)
    else this.catchUp()
  }

  /** To be called after a change, so that what it booked happens in time. */
  after(): void {
    if (this.#pace.kind === 'settled') this.#world.settle()
    if (this.#pace.kind !== 'times') return
    this.catchUp()
    this.#wake()
  }

  /** Where time runs along, it is brought up to date at this instant, too. Returns what cancels that. */
  alarm(at: Instant): () => void {
    const key = Symbol('alarm')
    this.#alarms.set(key, at)
    this.after()
    return () => {
      this.#alarms.delete(key)
      this.after()
    }
  }

  catchUp(): void {
    if (this.#pace.kind === 'settled') this.#world.settle()
    if (this.#pace.kind !== 'times') return
    const elapsed = (this.#wall.now() - this.#anchorReal) * millisecond
    const target = Math.max(this.#anchorVirtual + Math.floor(elapsed * this.#rate), this.#earliest())
    if (target > this.#world.now()) this.#world.advanceTo(target)
    this.#anchor()
  }

  /** Time was moved by hand: real time goes on counting from here. */
  reanchor(): void {
    this.#anchor()
    this.after()
  }

  /** The world is another one, with a time of its own. */
  beginAnew(pace: Pace): void {
    this.close()
    this.#pace = pace
    this.#begin()
    this.after()
  }

  close(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    this.#timerFor = null
    this.#pace = { kind: 'still' }
  }

  #begin(): void {
    this.#lead = this.#world.now() - this.#realNow()
    this.#anchor()
  }

  #anchor(): void {
    this.#anchorReal = this.#wall.now()
    this.#anchorVirtual = this.#world.now()
    const factor = this.#pace.kind === 'times' ? this.#pace.factor : 0
    const isFast = factor > 1 && this.#world.nextDue() !== null
    // What really runs takes real time, and its log says so.
    this.#isIdle = factor > 1 && !isFast && !this.#world.isRunning()
    this.#rate = this.#isIdle ? WAITING_RATE : isFast ? factor : Math.min(factor, 1)
  }

  /** While nothing goes on, time falls no further behind real time than it was. */
  #earliest(): Instant {
    return this.#isIdle ? this.#realNow() + this.#lead : this.#anchorVirtual
  }

  #realNow(): Instant {
    return Math.floor(this.#wall.now() * millisecond)
  }

  #wake(): void {
    for (const [key, at] of this.#alarms) if (at <= this.#world.now()) this.#alarms.delete(key)
    const next = Math.min(this.#world.nextDue() ?? Number.POSITIVE_INFINITY, ...this.#alarms.values())
    if (next === this.#timerFor && this.#rate === this.#timerRate) return
    this.#cancelTimer?.()
    this.#cancelTimer = null
    this.#timerFor = next
    this.#timerRate = this.#rate
    if (next === Number.POSITIVE_INFINITY) return
    this.#cancelTimer = this.#wall.after(Math.ceil(Math.max(0, this.#delayTo(next)) / millisecond), () => {
      this.#timerFor = null
      this.after()
    })
  }

  /** Of real time. */
  #delayTo(instant: Instant): Duration {
    const delay = (instant - this.#world.now()) / this.#rate
    return this.#isIdle ? Math.min(delay, instant - this.#earliest()) : delay
  }
}
