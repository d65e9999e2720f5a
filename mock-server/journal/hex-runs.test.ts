import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyRun } from './hex-runs.ts'

const text = fc.string({ unit: fc.constantFrom(...'0aFg\u00e9\u{1f600}~ ') })
const key = '0123456789abcdef0123456789abcdef01234567'

it('finds a key wherever it stands', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const text = `${before}~${key}~${after}`
      expect(keyRun(text)).toMatchObject({ start: text.search(/[0-9a-f]{40}/i) })
    }),
  )
})

it('takes no checksum for a key, and a key with something before it for one', () => {
  expect(keyRun('a'.repeat(128))).toBeNull()
  expect(keyRun('a'.repeat(64))).toBeNull()
  expect(keyRun('a'.repeat(39))).toBeNull()
  expect(keyRun(`${'b'.repeat(128)} ${key}`)).toEqual({ start: 129, end: 169 })
  expect(keyRun(`%0a${key}`)).toEqual({ start: 1, end: 43 })
})
