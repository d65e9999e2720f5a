import { expect, it } from 'vitest'
import { RetryBudget } from './retry-budget.ts'

/** How often a budget pays before it has nothing left. */
function spentOf(budget: RetryBudget, timeout = false): number {
  let spent = 0
  while (budget.spend({ timeout })) spent++
  return spent
}

it('pays for a hundred retries, or for fifty after timeouts, which cost others more', () => {
  expect(spentOf(new RetryBudget())).toBe(100)
  expect(spentOf(new RetryBudget(), true)).toBe(50)
})

it('gets a fifth of a retry back for each success, and all of one that helped', () => {
  const budget = new RetryBudget()
  spentOf(budget)
  for (let success = 0; success < 4; success++) budget.succeeded(false)
  expect(budget.spend({ timeout: false })).toBe(false)
  budget.succeeded(false)
  expect(spentOf(budget)).toBe(1)
  budget.succeeded(true)
  expect(spentOf(budget)).toBe(1)
})

it('saves nothing beyond what it begins with', () => {
  const budget = new RetryBudget()
  for (let success = 0; success < 1_000; success++) budget.succeeded(true)
  expect(spentOf(budget)).toBe(100)
})
