import { expect, it } from 'vitest'
import { ExtrasKeeper, frozen, type KeptExtras } from './extras-keeper.ts'
import { TenantRecords } from './tenant-records.ts'

const tenantId = '0'.repeat(16)

/** Two records: plans, and counts that change with every request. */
function someExtras() {
  const now = { plans: 0, counted: 0, isThere: true }
  const extras: KeptExtras = {
    records: [
      { key: 'plans', version: () => now.plans, value: () => (now.isThere ? [now.plans] : undefined) },
      { key: 'counts', version: () => 0, counted: () => now.counted, value: () => now.counted },
    ],
    snapshots: { version: () => 0, all: () => [] },
  }
  const records = new TenantRecords(tenantId)
  const keeper = new ExtrasKeeper(records)
  const written = (at: number) =>
    keeper
      .take(extras, at)
      .map(({ key, text }) => `${key.split('/').at(-1)}${text === undefined ? ' gone' : ''}`)
  return { now, extras, keeper, written, records }
}

it('writes what changed, and counts along with other things every five seconds', () => {
  const { now, extras, keeper, written } = someExtras()
  expect(keeper.hasChanged(extras)).toBe(false)
  now.plans = 1
  expect(keeper.hasChanged(extras)).toBe(true)
  expect(written(1_000)).toEqual(['plans'])
  now.counted = 1
  expect(keeper.hasChanged(extras)).toBe(false)
  expect(written(1_500)).toEqual(['counts'])
  now.counted = 2
  now.plans = 2
  expect(written(6_499)).toEqual(['plans'])
  expect(written(6_500)).toEqual(['counts'])
  now.isThere = false
  now.plans = 3
  expect(written(6_501)).toEqual(['plans gone'])
  expect(written(20_000)).toEqual([])
})

it('writes all again after a write that failed', () => {
  const { now, extras, keeper, written, records } = someExtras()
  now.plans = 1
  written(0)
  records.doubt()
  keeper.doubt()
  expect(keeper.hasChanged(extras)).toBe(true)
  expect(written(1)).toEqual(['plans'])
  expect(keeper.hasChanged(extras)).toBe(false)
})

it('keeps at the end what there was before it, counts included', () => {
  const { now, extras, keeper } = someExtras()
  now.plans = 1
  now.counted = 7
  const last = frozen(extras)
  now.plans = 2
  now.isThere = false
  keeper.isLast = true
  expect(keeper.hasChanged(last)).toBe(true)
  const texts = keeper.take(last, 0).map(({ text }) => text?.split(' ').at(-1))
  expect(texts).toEqual(['[1]', '7'])
  expect(keeper.hasChanged(last)).toBe(false)
})
