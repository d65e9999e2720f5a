import fc from 'fast-check'
import { expect, it } from 'vitest'
import { printable, printableJson, printableLine } from './printable.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const harmful = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/

it('leaves nothing in a text that moves a cursor, sends keys, or turns writing around', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(harmful)
      expect(printableLine(text)).not.toMatch(/[\n\t]/)
    }),
  )
  expect(printable('\u001b]0;title\u0007 \u202eabc\ta\nb')).toBe('\\x1b]0;title\\x07 \\u202eabc\ta\nb')
  expect(printable('π 漢字 é')).toBe('π 漢字 é')
})

it('writes JSON that is harmless, and the same data', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = printableJson(value)
      expect(text).not.toMatch(harmful)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
