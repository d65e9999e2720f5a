import { expect, it } from 'vitest'
import { PlateauSeeker } from './connection-target.ts'

/** Lets the seeker see `ticks` half seconds at the rate that so many connections give. */
function run(seeker: PlateauSeeker, ticks: number, rateOf: (connections: number) => number): number[] {
  const counts: number[] = []
  let bytes = 0
  for (let tick = 0; tick <= ticks; tick++) {
    seeker.reached(bytes, seeker.count, tick * 500)
    counts.push(seeker.count)
    bytes += rateOf(seeker.count) * 500
  }
  return counts
}

it('goes up to 16 connections where each brings more', () => {
  const counts = run(new PlateauSeeker(), 12, (connections) => connections)
  expect(counts.at(-1)).toBe(16)
  expect(new Set(counts)).toEqual(new Set([4, 8, 16]))
})

it('goes back to where more connections bring nothing, and looks again later', () => {
  const counts = run(new PlateauSeeker(), 60, (connections) => Math.min(connections, 5))
  expect(new Set(counts)).toEqual(new Set([4, 8, 16]))
  const most = counts.filter((count) => count === 8).length
  expect(counts.filter((count) => count === 16).length).toBeLessThan(counts.length / 4)
  expect(most).toBeGreaterThan(counts.length / 2)
})

it('leaves a link alone that one connection fills', () => {
  const counts = run(new PlateauSeeker(), 40, () => 100)
  expect(counts.filter((count) => count === 4).length).toBeGreaterThan(counts.length / 2)
})

it('halves when the platform says that it is too much, and waits before it tries again', () => {
  const seeker = new PlateauSeeker()
  run(seeker, 12, (connections) => connections)
  seeker.refused(6_000)
  expect(seeker.count).toBe(8)
  seeker.refused(6_000)
  seeker.refused(6_000)
  seeker.refused(6_000)
  seeker.refused(6_000)
  expect(seeker.count).toBe(1)
})

it('does not judge while fewer connections are at work than there may be', () => {
  const seeker = new PlateauSeeker()
  for (let tick = 0; tick < 20; tick++) seeker.reached(tick * 1000, 2, tick * 500)
  expect(seeker.count).toBe(4)
})
