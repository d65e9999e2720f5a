import fc from 'fast-check'
import { expect, it } from 'vitest'
import { unescaped } from '../../test-support/dotnet.ts'
import { printableLine } from '../printable.ts'
import { quoted, resultOf, wordsBefore } from './powershell.ts'

it.each([
  ['rescale jobs wat', 16, ['jobs', 'wat']],
  ['rescale jobs wat --quiet', 16, ['jobs', 'wat']],
  ['rescale jobs watch', 13, ['jobs', '']],
  ['rescale jobs', 13, ['jobs', '']],
  ['rescale jobs', 12, ['jobs']],
  ['rescale', 8, ['']],
  ['rescale  jobs\t get  x', 21, ['jobs', 'get', 'x']],
  ["rescale --profile 'my own' jobs ", 33, ['--profile', 'my own', 'jobs', '']],
  ["rescale --profile='it''s m", 26, ["--profile=it's m"]],
  ['rescale "say ""it"" `"now', 25, ['say "it" "now']],
  ['rescale a` b “c d” ‘e’', 22, ['a b', 'c d', 'e']],
  ["rescale '' x", 12, ['', 'x']],
  ['rescale jobs `\n  wat', 20, ['jobs', 'wat']],
  ['rescale jobs`\r\nget', 18, ['jobs', 'get']],
  ["& 'C:\\Program Files\\rescale.cmd' jobs g", 39, ['jobs', 'g']],
])('takes %s with the cursor at %i for the words %j', (line, cursor, words) => {
  expect(wordsBefore(line, cursor)).toEqual(words)
})

it('finds each word again as it has quoted it', () => {
  const word = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a \'"`$‘’“„,;@#-') }))
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      const line = `rescale ${words.map(quoted).join(' ')}`
      expect(wordsBefore(line, line.length)).toEqual(words)
    }),
  )
})

it('quotes what PowerShell would read otherwise, and nothing else', () => {
  const harmless = ['ObMcJc', '--output=json', 'C:\\case', 'ansys_fluent', '1.2+3']
  expect(harmless.map(quoted)).toEqual(harmless)
  expect(['a,b', '$x', '@x', 'a;b', '(a)', '#a', 'a b', "it's", ''].map(quoted)).toEqual([
    "'a,b'",
    "'$x'",
    "'@x'",
    "'a;b'",
    "'(a)'",
    "'#a'",
    "'a b'",
    "'it''s'",
    "''",
  ])
})

it('leaves none of a result’s three texts empty, nor a tab in them', () => {
  expect(resultOf({ value: 'my own', description: '' })).toBe("'my own'\tmy own\tmy own")
  expect(resultOf({ value: 'a', description: 'one\ttwo' }).split('\t')).toHaveLength(3)
})

it('writes results in ASCII, which every code page has, for .NET to read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
      const result = resultOf({ value, description: '' })
      expect(result).toMatch(/^[\t\x20-\x7e]*$/)
      expect(unescaped(result).split('\t')[1]).toBe(printableLine(value))
    }),
  )
  expect(resultOf({ value: 'C:\\größe', description: '' })).toContain('C:\\u005cgr\\u00f6\\u00dfe')
})
