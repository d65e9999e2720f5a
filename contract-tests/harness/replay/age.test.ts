import { expect, it } from 'vitest'
import { ageOf } from './age.ts'

const recordedAt = (at: string) => ({ recorded: { at } as Parameters<typeof ageOf>[0]['recorded'] })

it.each([
  [0, 'fresh'],
  [89, 'fresh'],
  [90, 'stale'],
  [365, 'stale'],
  [366, 'expired'],
])('evidence that is %i days old is %s', (days, state) => {
  const now = new Date('2026-06-01T12:00:00Z')
  const at = new Date(now.getTime() - days * 86_400_000).toISOString()
  expect(ageOf(recordedAt(at), now)).toEqual({ days, state })
})
