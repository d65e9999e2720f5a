import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_REQUESTS, pieceBytes } from './piece-size.ts'
import { connectionsFor } from './ranges.ts'
import { type Segment, SegmentPlan } from './segments.ts'
import { medianRate, slowest, steal } from './steal.ts'

const LEAST = 10

/** Whether every byte is written, in one open piece, or pending, and how often. */
function cover(plan: SegmentPlan, size: number): number[] {
  const times = new Array<number>(size).fill(0)
  const mark = (from: number, to: number) => {
    for (let at = from; at < to; at++) times[at] = (times[at] ?? 0) + 1
  }
  for (const { start, end } of plan.segments()) mark(start, end + 1)
  return times
}

it('has every byte fetched exactly once, whoever takes, gives away and is slow', () => {
  const action = fc.tuple(fc.constantFrom('take', 'receive', 'steal', 'give up'), fc.nat(), fc.nat())
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.array(action, { maxLength: 60 }),
      fc.array(fc.nat(399), { maxLength: 6 }),
      (size, actions, cuts) => {
        const bounds = [...new Set(cuts.filter((cut) => cut < size))].toSorted((a, b) => a - b)
        const done = bounds.flatMap((start, index) =>
          index % 2 === 0 ? [{ start, end: (bounds[index + 1] ?? start + 1) - 1 }] : [],
        )
        const plan = new SegmentPlan(size, done)
        const there = done.reduce((sum, { start, end }) => sum + end - start + 1, 0)
        expect(plan.written()).toBe(there)
        let before = plan.frontier()
        for (const [what, one, other] of actions) {
          act(plan, what, one, other)
          expect(plan.frontier()).toBeGreaterThanOrEqual(before)
          before = plan.frontier()
        }
        while (plan.take(size, LEAST));
        for (const segment of plan.open()) receive(segment, size)
        expect(plan.isComplete).toBe(true)
        expect([plan.written(), plan.frontier()]).toEqual([size, size])
        expect(cover(plan, size)).toEqual(new Array(size).fill(1))
      },
    ),
  )
})

function receive(segment: Segment, bytes: number): void {
  segment.next = Math.min(segment.end + 1, segment.next + bytes)
  segment.received = segment.next
}

function act(plan: SegmentPlan, what: string, one: number, other: number): void {
  const open = plan.open()
  const chosen = open[one % Math.max(1, open.length)]
  if (what === 'take') plan.take((other % 100) + 1, LEAST)
  else if (!chosen) return
  else if (what === 'receive') receive(chosen, other % 50)
  else {
    const rate = what === 'steal' ? undefined : (other % 7) / 10
    const victim = slowest([{ plan, segment: chosen, rate }], LEAST, what === 'steal' ? undefined : 1)
    if (victim) steal(victim, what === 'steal' ? undefined : 1)
  }
}

it('asks for each file at most 20 times when nothing fails, its metadata included', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 45 }),
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: 1, max: 2 ** 24 }),
      fc.integer({ min: 0, max: 1 }),
      (size, wanted, least, spent) => {
        const plan = new SegmentPlan(size)
        const connections = connectionsFor(size, wanted, least)
        const maxPieces = MAX_REQUESTS - spent
        let pieces = 0
        for (;;) {
          const state = { connections, pieces, maxPieces, atFirst: size, pending: plan.pendingBytes }
          if (!plan.take(Math.max(pieceBytes(state), least), least)) break
          pieces++
        }
        expect(pieces).toBeLessThanOrEqual(maxPieces)
        expect(plan.segments().reduce((sum, { start, end }) => sum + end - start + 1, 0)).toBe(size)
      },
    ),
  )
})

it('shares the rest of a piece so that both are done at the same time', () => {
  const plan = new SegmentPlan(1_000)
  const segment = plan.take(1_000, 1)
  if (!segment) throw new Error('there is a piece')
  const rest = steal({ plan, segment, rate: 1 }, 3)
  expect([segment.end, rest.start, rest.end]).toEqual([249, 250, 999])
})

it('takes everything over from a connection that hardly moves, and ends its request', () => {
  const plan = new SegmentPlan(1_000)
  const segment = plan.take(1_000, 1)
  if (!segment) throw new Error('there is a piece')
  receive(segment, 10)
  let cancelled = 0
  segment.cancel = () => cancelled++
  const rest = steal({ plan, segment, rate: 0.1 }, 1)
  expect([segment.end, rest.start, rest.end, cancelled]).toEqual([9, 10, 999, 1])
})

it('knows the usual rate from those that have one', () => {
  const plan = new SegmentPlan(30)
  const segment = plan.take(30, 1)
  if (!segment) throw new Error('there is a piece')
  const rated = (rate: number | undefined) => ({ plan, segment, rate })
  expect(medianRate([rated(5), rated(undefined), rated(1), rated(3)])).toBe(3)
  expect(medianRate([rated(undefined)])).toBeUndefined()
})
