import { join, relative, resolve, sep } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pathWithin } from './names.ts'

it('keeps folders that a name contains', () => {
  expect(pathWithin('out', 'shared/run 1.log')).toBe(join('out', 'shared', 'run 1.log'))
  expect(pathWithin('out', 'shared\\run.log')).toBe(join('out', 'shared', 'run.log'))
})

it.each(['', '.', '..', '../x', 'a/../../x', '/etc/passwd', 'a//b', 'a\\..\\..\\b', 'a/', 'a\0b', '\n'])(
  'refuses to write to %j',
  (name) => {
    expect(() => pathWithin('out', name)).toThrow('not a name to write to')
  },
)

it.each([
  'C:\\x',
  'con',
  'NUL.txt',
  'nul .txt',
  'COM¹',
  'lpt9.a.b',
  'CONIN$',
  'a?',
  'a ',
  'x/aux.log',
  'file:stream',
  'a.',
])('refuses %j on Windows', (name) => {
  expect(() => pathWithin('out', name, 'win32')).toThrow('not a name to write to')
})

it('never leaves the folder, whatever a server calls a file', () => {
  const part = fc.oneof(fc.constantFrom('..', '.', '', 'a', '~', '%2e%2e'), fc.string({ maxLength: 5 }))
  const name = fc
    .array(part, { maxLength: 6 })
    .chain((parts) => fc.constantFrom('/', '\\').map((separator) => parts.join(separator)))
  const folder = resolve('/tmp/target')
  let accepted = 0
  fc.assert(
    fc.property(name, (hostile) => {
      let path: string
      try {
        path = pathWithin(folder, hostile)
      } catch {
        return
      }
      accepted += 1
      const below = relative(folder, path)
      expect(below.startsWith(`..${sep}`) || below === '..' || below === '').toBe(false)
    }),
    { numRuns: 1000 },
  )
  expect(accepted).toBeGreaterThan(100)
})
