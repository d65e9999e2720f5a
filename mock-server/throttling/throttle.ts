import type { OperationId } from '../../openapi/generated/routes.ts'
import { hour, type Instant, second } from '../domain/instant.ts'
import { BusiestHour, HourWindow, type SavedBusiestHour, type SavedWindow } from './hour-window.ts'
import { PLATFORM_LIMITS, scopeOf, type ThrottleScope, throttleScopes } from './scopes.ts'

/** The clock of one world. */
export interface ThrottleClock {
  now(): Instant
  /** Brings it up to date. */
  before(): void
}

export type Limits = Readonly<Record<ThrottleScope, number>>

export interface ScopeReport {
  readonly scope: ThrottleScope
  /** Requests per hour. */
  readonly limit: number
  /** Of the last hour, without those that were, or would have been, refused. */
  readonly used: number
  /** All that came. */
  readonly requests: number
  /** The most that came within an hour, to the minute; and what part of the limit that is, in percent. */
  readonly busiestHour: number
  readonly busiestPercent: number
  /** Answered 429. */
  readonly refused: number
  /** Would have been answered 429, had throttling been on. */
  readonly wouldRefuse: number
}

export interface SavedScope {
  readonly window: SavedWindow
  readonly busiest: SavedBusiestHour
  readonly requests: number
  readonly refused: number
  readonly wouldRefuse: number
}

/** Switch, limits and counts as plain data. */
export interface SavedThrottle {
  /** Null while it is as the server says. */
  readonly isOn: boolean | null
  readonly limits: Limits | null
  readonly scopes: Readonly<Record<ThrottleScope, SavedScope>>
}

interface Scope {
  window: HourWindow
  busiest: BusiestHour
  requests: number
  refused: number
  wouldRefuse: number
}

const newScope = (): Scope => ({
  window: new HourWindow(),
  busiest: new BusiestHour(),
  requests: 0,
  refused: 0,
  wouldRefuse: 0,
})

/** As the description of the control has it. Ours. */
const MOST_AN_HOUR = 1_000_000

/**
 * The platform's limits of requests in one world, on its own clock: sliding hours, in which what is refused does not
 * count (Django REST framework's way; inferred). Off, it refuses nothing and counts what it would have refused.
 */
export class Throttle {
  readonly #byDefault: boolean
  #scopes = scopesAnew()
  #limits: Limits = PLATFORM_LIMITS
  #isOn: boolean
  #version = 0
  #counted = 0
  readonly #onChange: () => void

  /** `onChange` is told of the switch and of limits, not of what is counted. */
  constructor(isOn: boolean, onChange: () => void = () => undefined) {
    this.#byDefault = isOn
    this.#isOn = isOn
    this.#onChange = onChange
  }

  get isOn(): boolean {
    return this.#isOn
  }

  set isOn(isOn: boolean) {
    this.#isOn = isOn
    this.#changed()
  }

  /** Raised with every change of the switch or of limits. */
  get version(): number {
    return this.#version
  }

  /** Requests that were counted. */
  get counted(): number {
    return this.#counted
  }

  /** Other limits than the platform's, for tests that cannot send thousands of requests. @throws {RangeError} for what is none */
  setLimits(limits: { readonly [Scope in ThrottleScope]?: number | undefined }): void {
    const given = Object.entries(limits).flatMap(([name, limit]) =>
      limit === undefined ? [] : [[name, limit] as const],
    )
    for (const [name, limit] of given)
      if (
        !Object.hasOwn(PLATFORM_LIMITS, name) ||
        !Number.isInteger(limit) ||
        limit < 1 ||
        limit > MOST_AN_HOUR
      )
        throw new RangeError(`No limit of a scope: ${name} ${limit}, of 1 to ${MOST_AN_HOUR} an hour.`)
    this.#limits = { ...PLATFORM_LIMITS, ...Object.fromEntries(given) }
    this.#changed()
  }

  /**
   * Counts a request. Gives the seconds to wait when it is to be refused, or null. Before that the clock is brought up
   * to date: it may have gone on unnoticed.
   */
  refusal(operationId: OperationId, clock: ThrottleClock): number | null {
    const name = scopeOf(operationId)
    const scope = this.#scopes[name]
    const now = clock.now()
    const isOver = scope.window.sizeAt(now) >= this.#limits[name]
    if (isOver) clock.before()
    const at = isOver ? clock.now() : now
    scope.requests += 1
    this.#counted += 1
    scope.busiest.add(at)
    if (!isOver || scope.window.sizeAt(at) < this.#limits[name]) {
      scope.window.add(at)
      return null
    }
    if (!this.isOn) {
      scope.wouldRefuse += 1
      return null
    }
    scope.refused += 1
    return Math.max(1, Math.ceil(((scope.window.nextFree() ?? at + hour) - at) / second))
  }

  report(now: Instant): readonly ScopeReport[] {
    return throttleScopes.map((name) => {
      const { window, busiest, requests, refused, wouldRefuse } = this.#scopes[name]
      const limit = this.#limits[name]
      return {
        scope: name,
        limit,
        used: window.sizeAt(now),
        requests,
        busiestHour: busiest.most,
        busiestPercent: Math.round((100 * busiest.most) / limit),
        refused,
        wouldRefuse,
      }
    })
  }

  /** As at the beginning of a world. */
  reset(): void {
    this.#scopes = scopesAnew()
    this.#limits = PLATFORM_LIMITS
    this.isOn = this.#byDefault
  }

  save(): SavedThrottle {
    const scopes = throttleScopes.map((name) => {
      const { window, busiest, ...counts } = this.#scopes[name]
      return [name, { ...counts, window: window.save(), busiest: busiest.save() }]
    })
    return {
      isOn: this.#isOn === this.#byDefault ? null : this.#isOn,
      limits: this.#limits === PLATFORM_LIMITS ? null : this.#limits,
      scopes: Object.fromEntries(scopes) as Record<ThrottleScope, SavedScope>,
    }
  }

  load({ isOn, limits, scopes }: SavedThrottle): void {
    this.#isOn = isOn ?? this.#byDefault
    this.#limits = limits ?? PLATFORM_LIMITS
    this.#scopes = scopesAnew()
    for (const name of throttleScopes) {
      const { window, busiest, ...counts } = scopes[name]
      Object.assign(this.#scopes[name], counts)
      this.#scopes[name].window.load(window)
      this.#scopes[name].busiest.load(busiest)
    }
  }

  #changed(): void {
    this.#version += 1
    this.#onChange()
  }
}

const scopesAnew = (): Record<ThrottleScope, Scope> => ({
  user: newScope(),
  'job-submission': newScope(),
  'jobs-usage': newScope(),
})
