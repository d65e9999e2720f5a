import { expect, it } from 'vitest'
import { Memo } from './memo.ts'

it('makes a value once', () => {
  const memo = new Memo<{ key: string }>(10, 10)
  const first = memo.get('a', (key) => ({ key }))
  expect(memo.get('a', () => ({ key: 'other' }))).toBe(first)
})

it('starts over when it is full, and forgets long keys at once', () => {
  let made = 0
  const memo = new Memo<number>(2, 3)
  const make = () => ++made
  for (const key of ['a', 'b', 'c', 'a', 'long key', 'long key']) memo.get(key, make)
  expect(made).toBe(6)
})
