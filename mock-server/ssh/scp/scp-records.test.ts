import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteStrings } from '../testing/byte-strings.ts'
import { fileRecord, folderRecord, parseScpRecord, timesRecord } from './scp-records.ts'

describe('A line of the SCP protocol', () => {
  test('never makes the parser throw, and never gives a name that is a path', () => {
    const lines = fc.oneof(
      byteStrings(60),
      fc.tuple(fc.constantFrom('C', 'D', 'T', 'E', '\x01'), byteStrings(60)).map((parts) => parts.join('')),
      fc
        .tuple(
          fc.constantFrom('C0644 ', 'D0755 ', 'C07777 '),
          fc.nat(),
          fc.constantFrom(' ', ''),
          fc.string(),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(lines, (line) => {
        const record = parseScpRecord(line)
        fc.pre(record.kind === 'file' || record.kind === 'folder')
        expect(record.name).not.toMatch(/[/\0]/)
        expect(['', '.', '..']).not.toContain(record.name)
        expect(record.mode & ~0o777).toBe(0)
      }),
      { numRuns: 1500 },
    )
  })

  test('comes out as it went in', () => {
    const name = byteStrings(60, 1).filter((text) => !/[/\0\n]|^\.\.?$/.test(text))
    fc.assert(
      fc.property(fc.nat(0o777), fc.maxSafeNat(), name, (mode, size, text) => {
        const file = fileRecord({ mode, size, name: text }).slice(0, -1)
        expect(parseScpRecord(file)).toEqual({ kind: 'file', mode, size, name: text })
        const folder = folderRecord({ mode, name: text }).slice(0, -1)
        expect(parseScpRecord(folder)).toEqual({ kind: 'folder', mode, name: text })
      }),
    )
    expect(parseScpRecord(timesRecord(12, 34).trimEnd())).toEqual({
      kind: 'times',
      modified: 12,
      accessed: 34,
    })
  })

  test('that names a way out is refused in OpenSSH’s words', () => {
    expect(parseScpRecord('C0644 1 ../x')).toEqual({
      kind: 'invalid',
      reason: 'error: unexpected filename: ../x',
    })
    expect(parseScpRecord('D0755 0 ..')).toEqual({
      kind: 'invalid',
      reason: 'error: unexpected filename: ..',
    })
  })

  test('stays one line, whatever the name', () => {
    expect(fileRecord({ mode: 0o100644, size: 1, name: 'a\nb' })).toBe('C0644 1 a\\^Jb\n')
  })
})
