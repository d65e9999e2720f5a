import { type Duration, type Instant, latestInstant } from './instant.ts'

export interface Booking<Event> {
  /** From now; or else `at`. */
  readonly delay?: Duration
  readonly at?: Instant
  readonly event: Event
  /** Happens when its time comes, but is no reason for `settle` to go on: the end of what would last for ever. */
  readonly optional?: boolean
}

/** What is due to happen. Plain data. */
export interface Appointment<Event> {
  readonly at: Instant
  /** Among equal instants, the order of booking. */
  readonly order: number
  readonly event: Event
  readonly optional: boolean
}

/** Sees what is booked, and what is not due any more because it happened or was cancelled. */
export interface Watcher<Event> {
  booked(appointment: Appointment<Event>): void
  notDue(appointment: Appointment<Event>): void
}

/** Of one advance: events that book themselves for ever are a bug, and must not hang us. */
const leastStepLimit = 1_000_000
const stepLimitPerAppointment = 10_000

/** Virtual time, and what is due to happen in it. It moves only when told to. */
export class Scheduler<Event> {
  #now: Instant
  #booked = 0
  #firm = 0
  /** A binary heap: no parent is due after its children, which lie at 2i+1 and 2i+2. */
  #heap: Appointment<Event>[] = []

  readonly #watcher: Watcher<Event> | undefined

  constructor(startsAt: Instant, watcher?: Watcher<Event>) {
    this.#now = startsAt
    this.#watcher = watcher
  }

  /** In no order. */
  appointments(): readonly Appointment<Event>[] {
    return this.#heap
  }

  get booked(): number {
    return this.#booked
  }

  /** As it was when it told its time, how much was booked, and its appointments. */
  load(saved: {
    readonly now: Instant
    readonly booked: number
    readonly appointments: readonly Appointment<Event>[]
  }): void {
    this.#now = saved.now
    this.#booked = saved.booked
    this.#heap = []
    this.#firm = 0
    for (const appointment of saved.appointments) this.#push(appointment)
  }

  now(): Instant {
    return this.#now
  }

  nextDue(): Instant | null {
    return this.#heap[0]?.at ?? null
  }

  /** Nothing is due but what is optional. */
  get isSettled(): boolean {
    return this.#firm === 0
  }

  /** What was booked for the past happens as soon as time moves, without setting it back; nothing later than time ends. */
  book({ delay = 0, at = this.#now + delay, event, optional = false }: Booking<Event>): void {
    this.#booked += 1
    const within = Math.max(Math.min(at, latestInstant), this.#now)
    const appointment = { at: within, order: this.#booked, event, optional }
    this.#push(appointment)
    this.#watcher?.booked(appointment)
  }

  cancel(matches: (event: Event) => boolean): void {
    const kept = this.#heap.filter(({ event }) => !matches(event))
    if (kept.length === this.#heap.length) return
    if (this.#watcher)
      for (const appointment of this.#heap) if (matches(appointment.event)) this.#watcher.notDue(appointment)
    this.#heap = []
    this.#firm = 0
    for (const appointment of kept) this.#push(appointment)
  }

  /** In the order in which it will happen. */
  upcoming(): readonly Appointment<Event>[] {
    return this.#heap.toSorted((one, other) => (isBefore(one, other) ? -1 : 1))
  }

  /** Stops at each appointment at its own instant, those that are booked on the way included; and at the end of time. */
  advanceTo(instant: Instant, happen: (event: Event) => void): void {
    if (!(instant >= this.#now)) throw new RangeError(`Time cannot go from ${this.#now} to ${instant}`)
    const end = Math.min(instant, Math.max(latestInstant, this.#now))
    this.#stepWhile((next) => next.at <= end, happen)
    this.#now = end
  }

  /** To the last appointment that is not optional, those that are booked on the way included. */
  settle(happen: (event: Event) => void): void {
    this.#stepWhile(() => this.#firm > 0, happen)
  }

  #stepWhile(isDue: (next: Appointment<Event>) => boolean, happen: (event: Event) => void): void {
    let stepsLeft = leastStepLimit + stepLimitPerAppointment * this.#heap.length
    for (let next = this.#heap[0]; next && isDue(next); next = this.#heap[0]) {
      if (stepsLeft === 0) throw new Error(`Appointments never end: ${JSON.stringify(next.event)}`)
      stepsLeft -= 1
      this.#removeFirst()
      this.#watcher?.notDue(next)
      this.#now = next.at
      happen(next.event)
    }
  }

  #push(appointment: Appointment<Event>): void {
    const heap = this.#heap
    let place = heap.length
    while (place > 0) {
      const above = (place - 1) >> 1
      const parent = heap[above]
      if (!parent || !isBefore(appointment, parent)) break
      heap[place] = parent
      place = above
    }
    heap[place] = appointment
    if (!appointment.optional) this.#firm += 1
  }

  #removeFirst(): void {
    const heap = this.#heap
    if (heap[0] && !heap[0].optional) this.#firm -= 1
    const moved = heap.pop()
    if (!moved || heap.length === 0) return
    let place = 0
    for (;;) {
      const child = this.#earlierChild(place)
      const below = heap[child]
      if (!below || !isBefore(below, moved)) break
      heap[place] = below
      place = child
    }
    heap[place] = moved
  }

  #earlierChild(place: number): number {
    const left = this.#heap[2 * place + 1]
    const right = this.#heap[2 * place + 2]
    return left && right && isBefore(right, left) ? 2 * place + 2 : 2 * place + 1
  }
}

const isBefore = (one: Appointment<unknown>, other: Appointment<unknown>): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order)
