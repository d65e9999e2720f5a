import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pythonJsonError } from './python-json-error.ts'

/** Messages recorded from Python by python-json-error.record.py. */
const recorded = readFileSync(new URL('./python-json-error.recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as [text: string, error: string | null])

it('says what Python says of every recorded text', () => {
  const differing = recorded.filter(([text, error]) => pythonJsonError(text) !== error)
  expect(differing.map(([text, error]) => [text, error, pythonJsonError(text)])).toEqual([])
  expect(recorded.length).toBeGreaterThan(1000)
  const kinds = new Set(recorded.map(([, error]) => error?.replace(/[:'].*/s, '')))
  expect(kinds.size).toBeGreaterThan(9)
})

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

it('finds something wrong with a text where this engine does, and with no other', () => {
  const pieces = fc.constantFrom(
    ...'{}[],:"\\ \n\t0123.eE+-',
    'u12',
    'true',
    'null',
    'x',
    '\u0007',
    '"a"',
    '\ud83d\ude00',
  )
  const text = fc.oneof(
    fc.json(),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, (one) => {
      expect(pythonJsonError(one) === null).toBe(isJson(one))
    }),
    { numRuns: 3000 },
  )
})

it('reads millions of brackets', () => {
  expect(pythonJsonError('['.repeat(2_500_000))).toMatch(/^Expecting value: line 1 column 2500001/)
  expect(pythonJsonError('{"a":'.repeat(500_000))).toMatch(/^Expecting value/)
})
