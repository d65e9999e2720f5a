import { expect, it } from 'vitest'
import { newestInTurn } from './newest-in-turn.ts'

it('sets no two at the same time, and the newest at last', async () => {
  const set: number[] = []
  const waiting: (() => void)[] = []
  const wish = newestInTurn<number>(async (value) => {
    set.push(value)
    await new Promise<void>((resolve) => waiting.push(resolve))
  })
  const over = async () => {
    waiting.shift()?.()
    await new Promise(setImmediate)
  }
  for (const value of [1, 2, 3]) wish(value)
  expect(set).toEqual([1])
  await over()
  expect(set).toEqual([1, 3])
  wish(4)
  expect(set).toEqual([1, 3])
  await over()
  expect(set).toEqual([1, 3, 4])
  await over()
  wish(5)
  expect([set, waiting.length]).toEqual([[1, 3, 4, 5], 1])
})
