import { expect, it } from 'vitest'
import { type Instant, second } from './domain/instant.ts'
import { type Paced, Pacer, paceText, parseDuration, parsePace } from './pace.ts'
import type { WallClock } from './wall-clock.ts'

/** Real time that moves only when the test says so, and calls back on the way. */
class FakeWall implements WallClock {
  #now = 1_000
  #timers: { at: number; callback: () => void }[] = []

  now(): number {
    return this.#now
  }

  after(milliseconds: number, callback: () => void): () => void {
    const timer = { at: this.#now + milliseconds, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  pass(milliseconds: number): void {
    const until = this.#now + milliseconds
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#now = next.at
      next.callback()
    }
    this.#now = until
  }

  get waiting(): number {
    return this.#timers.length
  }
}

/** A world in which something happens at fixed instants. */
class Calendar implements Paced {
  #now: Instant = 0
  readonly happened: Instant[] = []
  readonly due: Instant[]

  constructor(...due: Instant[]) {
    this.due = due
  }

  now = (): Instant => this.#now
  isBusy = false
  nextDue = (): Instant | null => this.due[0] ?? null
  isRunning = (): boolean => this.isBusy

  advanceTo(instant: Instant): void {
    while (this.due[0] !== undefined && this.due[0] <= instant) this.happened.push(this.due.shift() ?? 0)
    this.#now = Math.max(this.#now, instant)
  }

  settle(): void {
    this.advanceTo(this.due.at(-1) ?? this.#now)
  }
}

it('stands still when told to', () => {
  const wall = new FakeWall()
  const world = new Calendar(second)
  const pacer = new Pacer(world, { kind: 'still' }, wall)
  wall.pass(60_000)
  pacer.before()
  pacer.after()
  expect([world.now(), world.happened]).toEqual([0, []])
})

it('runs along with real time, so many times faster, also when nobody asks', () => {
  const wall = new FakeWall()
  const world = new Calendar(30 * second, 90 * second)
  const pacer = new Pacer(world, { kind: 'times', factor: 60 }, wall)
  pacer.after()
  wall.pass(600)
  expect(world.happened).toEqual([30 * second])
  wall.pass(1_000)
  expect(world.happened).toEqual([30 * second, 90 * second])
  expect(wall.waiting).toBe(0)
})

it('lets real time catch up while there is nothing to wait for, without ever standing still', () => {
  const wall = new FakeWall()
  const world = new Calendar(60 * second)
  const pacer = new Pacer(world, { kind: 'times', factor: 60 }, wall)
  const at = (): number => {
    pacer.before()
    return world.now() / second
  }
  pacer.after()
  wall.pass(1_000)
  expect(at()).toBe(60)
  wall.pass(10_000)
  expect(at()).toBe(65)
  // 118 s later both clocks have gone on by 129 s, and now keep together.
  wall.pass(118_000)
  expect(at()).toBe(129)
  wall.pass(7_000)
  expect(at()).toBe(136)
})

it('takes real time for what really runs', () => {
  const wall = new FakeWall()
  const world = new Calendar(60 * second)
  const pacer = new Pacer(world, { kind: 'times', factor: 60 }, wall)
  pacer.after()
  world.isBusy = true
  wall.pass(1_000)
  expect(world.now()).toBe(60 * second)
  wall.pass(5_000)
  pacer.before()
  expect(world.now()).toBe(65 * second)
})

it('is fast again from the moment on that something is booked', () => {
  const wall = new FakeWall()
  const world = new Calendar()
  const pacer = new Pacer(world, { kind: 'times', factor: 60 }, wall)
  wall.pass(10_000)
  world.due.push(70 * second)
  pacer.after()
  expect(world.now()).toBe(10 * second)
  wall.pass(1_000)
  expect([world.now(), world.happened]).toEqual([70 * second, [70 * second]])
})

it('sleeps for one appointment at a time, the next one', () => {
  const wall = new FakeWall()
  const world = new Calendar(90 * second)
  const pacer = new Pacer(world, { kind: 'times', factor: 1 }, wall)
  pacer.after()
  pacer.after()
  world.due.unshift(10 * second)
  pacer.after()
  expect(wall.waiting).toBe(1)
  wall.pass(10_000)
  expect(world.happened).toEqual([10 * second])
})

it('wakes at an instant that somebody waits for though nothing is due then, and earlier when time is faster meanwhile', () => {
  const wall = new FakeWall()
  const world = new Calendar()
  const pacer = new Pacer(world, { kind: 'times', factor: 60 }, wall)
  const cancel = pacer.alarm(120 * second)
  pacer.alarm(30 * second)
  wall.pass(29_999)
  expect(world.now()).toBe(0)
  wall.pass(1)
  expect(world.now()).toBe(30 * second)
  world.due.push(150 * second)
  pacer.after()
  wall.pass(1_499)
  expect(world.now()).toBe(30 * second)
  wall.pass(1)
  expect(world.now()).toBe(120 * second)
  cancel()
})

it('does not wake for an instant that nobody waits for any more', () => {
  const wall = new FakeWall()
  const pacer = new Pacer(new Calendar(), { kind: 'times', factor: 60 }, wall)
  pacer.alarm(30 * second)()
  expect(wall.waiting).toBe(0)
})

it('settles after each change', () => {
  const world = new Calendar(5 * second, 7 * second)
  const pacer = new Pacer(world, { kind: 'settled' }, new FakeWall())
  pacer.after()
  expect(world.happened.length).toBe(2)
})

it('moves a fixed step before each request', () => {
  const world = new Calendar(45 * second)
  const pacer = new Pacer(world, { kind: 'per-request', step: 30 * second }, new FakeWall())
  pacer.before()
  expect(world.happened).toEqual([])
  pacer.before()
  expect([world.now(), world.happened]).toEqual([60 * second, [45 * second]])
})

it('counts on from where time was put by hand', () => {
  const wall = new FakeWall()
  const world = new Calendar(1_000 * second)
  const pacer = new Pacer(world, { kind: 'times', factor: 2 }, wall)
  wall.pass(1_000)
  pacer.before()
  world.advanceTo(100 * second)
  pacer.reanchor()
  wall.pass(1_000)
  pacer.before()
  expect(world.now()).toBe(102 * second)
})

it('changes its pace without a jump', () => {
  const wall = new FakeWall()
  const world = new Calendar(1_000 * second)
  const pacer = new Pacer(world, { kind: 'times', factor: 100 }, wall)
  wall.pass(1_000)
  pacer.setPace({ kind: 'times', factor: 1 })
  expect(world.now()).toBe(100 * second)
  wall.pass(1_000)
  pacer.before()
  expect(world.now()).toBe(101 * second)
})

it('leaves no timer behind when it is closed', () => {
  const wall = new FakeWall()
  const pacer = new Pacer(new Calendar(second), { kind: 'times', factor: 1 }, wall)
  pacer.after()
  pacer.close()
  expect(wall.waiting).toBe(0)
})

it.each([
  ['real', { kind: 'times', factor: 1 }],
  ['60x', { kind: 'times', factor: 60 }],
  ['0.5x', { kind: 'times', factor: 0.5 }],
  ['settled', { kind: 'settled' }],
  ['still', { kind: 'still' }],
  ['per-request:30s', { kind: 'per-request', step: 30 * second }],
])('reads the pace %s', (text, pace) => {
  expect(parsePace(text)).toEqual(pace)
  expect(paceText(parsePace(text))).toBe(text)
})

it.each([
  ...['', 'fast', '0x', '-1x', '0.0009x', '1000001x', '1e3x', 'per-request:', 'per-request:0s'],
  ...['per-request:8761h', `per-request:${'9'.repeat(400)}h`],
])('refuses the pace %j and names the known ones', (text) => {
  expect(() => parsePace(text)).toThrow(/real, 60x/)
})

it.each([
  ['250ms', 250_000],
  ['1.5h', 5400 * second],
  ['90', undefined],
  ['s', undefined],
])('reads the duration %j', (text, duration) => {
  expect(parseDuration(text)).toBe(duration)
})
