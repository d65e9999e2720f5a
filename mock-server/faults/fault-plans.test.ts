import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { OperationId } from '../../openapi/generated/routes.ts'
import { Random } from '../domain/random.ts'
import { MOST_TOGETHER } from './clashes.ts'
import type { PlannedFault } from './fault.ts'
import { FaultPlans, MAX_FAULT_PLANS, MAX_PLANNED_FAULTS } from './fault-plans.ts'

const wall = { now: () => 0, after: () => () => {} }
const somePlans = (seed = 'seed') => new FaultPlans({ random: new Random(seed), wall })

const operations = ['getJob', 'listJobs', 'submitJob'] as const
const aFault = (operation: OperationId | '*', times: number, status: number): PlannedFault => ({
  operation,
  times,
  kind: 'status',
  status,
})

async function met(plans: FaultPlans, operationId: OperationId): Promise<number> {
  const request = { method: 'GET', target: '/', origin: 'http://x', headers: {}, body: null }
  const strike = plans.strike({ operationId, path: {}, query: {}, request })
  const answer = await strike?.around(() => ({ status: 200, headers: {}, body: '' }))
  return answer?.status ?? 200
}

it('lets each request meet the first fault that is meant for it and left', async () => {
  const faults = fc.array(
    fc.record({
      operation: fc.constantFrom(...operations, '*' as const),
      times: fc.integer({ min: 1, max: 3 }),
      status: fc.integer({ min: 400, max: 599 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  const requests = fc.array(fc.constantFrom(...operations), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(faults, requests, fc.boolean(), async (drafts, calls, inOnePlan) => {
      const plans = somePlans()
      const planned = drafts.map(({ operation, times, status }) => aFault(operation, times, status))
      for (const plan of inOnePlan ? [planned] : planned.map((fault) => [fault])) plans.plan(plan)
      const left = drafts.map(({ times }) => times)
      for (const operationId of calls) {
        const place = drafts.findIndex(
          ({ operation }, index) => left[index] && (operation === '*' || operation === operationId),
        )
        expect(await met(plans, operationId)).toBe(drafts[place]?.status ?? 200)
        if (place >= 0) left[place] = (left[place] ?? 0) - 1
      }
      const reported = plans.plans().flatMap(({ faults }) => faults)
      expect(reported.map((fault) => fault.left)).toEqual(left)
      if (left.some((times) => times > 0)) expect(() => plans.assertConsumed()).toThrow('were not met')
      else plans.assertConsumed()
    }),
  )
})

it('draws the same by chance for the same seed, and otherwise for another', async () => {
  const drawn = async (seed: string) => {
    const plans = somePlans(seed)
    plans.plan([{ operation: 'getJob', kind: 'status', status: 503, chance: 0.5 }])
    const statuses: number[] = []
    for (let count = 0; count < 64; count += 1) statuses.push(await met(plans, 'getJob'))
    return statuses.join()
  }
  const seeds = Array.from({ length: 10 }, (_, number) => `seed ${number}`)
  const first = await Promise.all(seeds.map(drawn))
  expect(await Promise.all(seeds.map(drawn))).toEqual(first)
  expect(new Set(first).size).toBe(seeds.length)
})

it('holds so many plans and faults, and no more', () => {
  const plans = somePlans()
  const many = Array.from({ length: MAX_PLANNED_FAULTS }, () => aFault('*', 1, 500))
  plans.plan(many)
  expect(() => plans.plan([aFault('*', 1, 500)])).toThrow('remove some first')
  plans.clear()
  for (let count = 0; count < MAX_FAULT_PLANS; count += 1) plans.plan([aFault('*', 1, 500)])
  expect(() => plans.plan([aFault('*', 1, 500)])).toThrow('remove some first')
  expect(plans.remove('plan-7')).toBe(true)
  expect(plans.plan([aFault('*', 1, 500)]).name).toBe('plan-101')
})

it('holds a mebibyte of plans, and no more', () => {
  const plans = somePlans()
  const large: PlannedFault = { operation: '*', kind: 'status', status: 500, body: 'x'.repeat(60_000) }
  for (let count = 0; count < 17; count += 1) plans.plan([large])
  expect(() => plans.plan([large])).toThrow('bytes')
})

it('takes statuses from 200 to 599, and no others', () => {
  const plans = somePlans()
  for (const status of [199, 200.5, 600])
    expect(() => plans.plan([aFault('*', 1, status)])).toThrow(
      'fault 1, status: A whole number from 200 to 599.',
    )
  expect(plans.plan([200, 599].map((status) => aFault('*', 1, status))).faults).toHaveLength(2)
})

it('lets so many faults act together, and no more', () => {
  const flips = (count: number): PlannedFault => ({
    operation: '*',
    kind: 'together',
    faults: Array.from({ length: count }, (_, offset) => ({ kind: 'flip-byte', offset })),
  })
  const plans = somePlans()
  for (const count of [1, MOST_TOGETHER + 1])
    expect(() => plans.plan([flips(count)])).toThrow('From 2 to 10 faults act together.')
  plans.plan([flips(2), flips(MOST_TOGETHER)])
})

it('takes no name twice', () => {
  const plans = somePlans()
  plans.plan([aFault('*', 1, 500)], { name: 'mine' })
  expect(() => plans.plan([aFault('*', 1, 500)], { name: 'mine' })).toThrow('already')
})

it('goes on from what was saved as it would have gone on, and tells of every change', async () => {
  const faults = fc.array(
    fc.record({
      operation: fc.constantFrom(...operations, '*' as const),
      times: fc.integer({ min: 1, max: 3 }),
      chance: fc.option(fc.constantFrom(0.3, 0.7), { nil: undefined }),
      status: fc.integer({ min: 400, max: 599 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  const requests = fc.array(fc.constantFrom(...operations), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(faults, requests, requests, async (drafts, before, after) => {
      const plans = somePlans()
      for (const { chance, operation, times, status } of drafts)
        plans.plan([{ ...aFault(operation, times, status), ...(chance !== undefined && { chance }) }])
      for (const operationId of before) {
        const [told, saved] = [plans.version, JSON.stringify(plans.save())]
        await met(plans, operationId)
        expect(plans.version > told).toBe(JSON.stringify(plans.save()) !== saved)
      }
      const other = somePlans()
      other.load(JSON.parse(JSON.stringify(plans.save())))
      for (const operationId of after)
        expect(await met(other, operationId)).toBe(await met(plans, operationId))
      expect(other.plans()).toEqual(plans.plans())
      expect(other.plan([aFault('*', 1, 500)]).name).toBe(plans.plan([aFault('*', 1, 500)]).name)
    }),
  )
})
