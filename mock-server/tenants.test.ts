import { expect, it } from 'vitest'
import { createRescale } from './index.ts'

const realNow = Date.parse('2026-11-22T09:00:00Z')
const wall = { now: () => realNow, after: () => () => {} }
const hour = 3_600_000

it.each([
  ['60x', realNow - 12 * hour],
  ['real', realNow],
  ['0.5x', realNow],
])('begins a world of the pace %s near real time, within a day', async (pace, beginning) => {
  await using rescale = createRescale({ pace, wall })
  expect(rescale.world().now().getTime()).toBe(beginning)
})

it('begins a world that stands still at the same instant every day', async () => {
  await using rescale = createRescale({ pace: 'still', wall })
  await using later = createRescale({ pace: 'still', wall: { ...wall, now: () => realNow + 24 * hour } })
  expect(rescale.world().now()).toEqual(later.world().now())
})

it('begins a world where it is told to', async () => {
  const startAt = new Date('2024-02-29T12:00:00Z')
  await using rescale = createRescale({ pace: '60x', wall, startAt })
  expect(rescale.world().now()).toEqual(startAt)
})

it.each([new Date(Number.NaN), new Date('2255-01-02'), new Date('1970-12-31'), new Date(8.64e15)])(
  'begins no world at %s',
  (startAt) => {
    expect(() => createRescale({ startAt })).toThrow('between the years 1971 and 2255')
  },
)

it.each(['', 'short', 'A'.repeat(40), 'a'.repeat(41), `${'a'.repeat(40)}\n`])(
  'has no world for %j, which no request could have for its key',
  async (key) => {
    expect(() => createRescale({ apiKeys: [key] })).toThrow('forty lower-case hexadecimal')
    await using rescale = createRescale()
    expect(() => rescale.createTenant(key)).toThrow('forty lower-case hexadecimal')
    expect(() => rescale.world(key)).toThrow('does not accept')
    expect(() => rescale.world().fork({ apiKey: key })).toThrow('forty lower-case hexadecimal')
    expect(rescale.tenants()).toHaveLength(1)
  },
)
