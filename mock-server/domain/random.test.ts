import { expect, it } from 'vitest'
import { Random } from './random.ts'

const draws = (count: number, random: Random, purpose: string, about?: string) => {
  const stream = random.stream(purpose, about)
  return Array.from({ length: count }, () => stream.next())
}

it('gives the same draws for the same seed, purpose and subject', () => {
  expect(draws(20, new Random('seed'), 'jitter', 'job')).toEqual(
    draws(20, new Random('seed'), 'jitter', 'job'),
  )
})

it('gives other draws for another seed, purpose or subject', () => {
  const usual = draws(5, new Random('seed'), 'jitter', 'job')
  expect(draws(5, new Random('other'), 'jitter', 'job')).not.toEqual(usual)
  expect(draws(5, new Random('seed'), 'names', 'job')).not.toEqual(usual)
  expect(draws(5, new Random('seed'), 'jitter', 'cluster')).not.toEqual(usual)
})

it('leaves a stream alone when others are drawn from', () => {
  const random = new Random('seed')
  const stream = random.stream('executor')
  const first = stream.next()
  draws(100, random, 'jitter')
  expect([first, stream.next()]).toEqual(draws(2, new Random('seed'), 'executor'))
})

it('spreads its draws over [0, 1)', () => {
  const tenths = new Array<number>(10).fill(0)
  for (const draw of draws(10_000, new Random('seed'), 'any'))
    tenths[Math.floor(draw * 10)] = (tenths[Math.floor(draw * 10)] ?? 0) + 1
  expect(tenths).toHaveLength(10)
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

it('makes UUIDs of version 4', () => {
  expect(new Random('seed').stream('any').uuid()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})

it('spreads single draws over [0, 1), by seed, purpose and subject', () => {
  const random = new Random('seed')
  const tenths = new Array<number>(10).fill(0)
  for (let subject = 0; subject < 10_000; subject += 1) {
    const tenth = Math.floor(random.chance('jitter', `job ${subject}`) * 10)
    tenths[tenth] = (tenths[tenth] ?? 0) + 1
  }
  expect(tenths).toHaveLength(10)
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150)
  const draw = random.chance('jitter', 'job')
  expect(new Random('seed').chance('jitter', 'job')).toBe(draw)
  expect(new Random('other').chance('jitter', 'job')).not.toBe(draw)
  expect(random.chance('names', 'job')).not.toBe(draw)
})
