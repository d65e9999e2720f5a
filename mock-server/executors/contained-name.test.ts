import { join, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputPath, isReserved, maxPathBytes, maxSegmentBytes, memberPath } from './contained-name.ts'

const folder = '/srv/run/work'
const lies = (path: string) => join(folder, path)

const nastyName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('..', '.', '', '/', 'a', '\0', '\\', 'C:', '~', '\ud800', 'x'.repeat(300)))
    .map((parts) => parts.join('/')),
)

describe('input names', () => {
  it('always stay inside the work folder', () => {
    fc.assert(
      fc.property(nastyName, (name) => {
        const path = inputPath(name)
        expect(lies(path).startsWith(folder + sep)).toBe(true)
        expect(path).not.toContain('\0')
        expect(Buffer.byteLength(path)).toBeLessThanOrEqual(maxPathBytes)
        for (const segment of path.split('/')) {
          expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(maxSegmentBytes)
        }
      }),
    )
  })

  it('are the same again when made to fit twice', () => {
    fc.assert(
      fc.property(nastyName, (name) => {
        expect(inputPath(inputPath(name))).toBe(inputPath(name))
      }),
    )
  })

  it('are left alone when they are ordinary', () => {
    expect(inputPath('job inputs/mesh v2.cas.gz')).toBe('job inputs/mesh v2.cas.gz')
    expect(inputPath('ünïcode-名前.dat')).toBe('ünïcode-名前.dat')
    expect(inputPath('.hidden')).toBe('.hidden')
  })

  it('lose what would lead outside', () => {
    expect(inputPath('../../etc/passwd')).toBe('etc/passwd')
    expect(inputPath('/etc/passwd')).toBe('etc/passwd')
    expect(inputPath('..')).toBe('unnamed')
  })

  it('keep their extension when they are shortened', () => {
    expect(inputPath(`${'名'.repeat(200)}.zip`).endsWith('.zip')).toBe(true)
  })

  it('may not take the place of the log', () => {
    expect(isReserved(inputPath('./process_output.log'))).toBe(true)
    expect(isReserved(inputPath('process_output.log/x'))).toBe(true)
    expect(isReserved(inputPath('old/process_output.log'))).toBe(false)
  })
})

describe('archive member names', () => {
  it('stay inside the folder or are refused', () => {
    fc.assert(
      fc.property(nastyName, (name) => {
        const path = memberPath(name)
        if (path !== null) expect(lies(path).startsWith(folder + sep)).toBe(true)
      }),
    )
  })

  it('are refused when absolute or leading upwards', () => {
    expect(['/etc/passwd', '../x', 'a/../../x', 'a/..', '', './', 'a\0b'].map(memberPath)).toEqual(
      Array(7).fill(null),
    )
  })

  it('lose dots and doubled slashes', () => {
    expect(memberPath('./a//b/./c')).toBe('a/b/c')
  })
})
