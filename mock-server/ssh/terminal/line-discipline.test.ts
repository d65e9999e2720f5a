import { describe, expect, test } from 'vitest'
import { LineDiscipline } from './line-discipline.ts'

const type = (...pieces: string[]) => {
  const discipline = new LineDiscipline()
  return pieces.map((piece) => discipline.type(piece))
}

describe('A line that is typed', () => {
  test('is echoed as it comes and passed on when it is finished', () => {
    expect(type('ab', 'c\rd')).toMatchObject([
      { lines: '', echo: 'ab' },
      { lines: 'abc\n', echo: 'c\r\nd' },
    ])
  })

  test('can be corrected, letters of several bytes included', () => {
    const text = Buffer.from('xü').toString('latin1')
    expect(type(`${text}\x7f\x7f\x7fy\r`)).toMatchObject([{ lines: 'y\n', echo: `${text}\b \b\b \by\r\n` }])
    expect(type('abc\x15d\r')).toMatchObject([{ lines: 'd\n', echo: 'abc\b \b\b \b\b \bd\r\n' }])
  })

  test('is dropped by Ctrl-C', () => {
    expect(type('abc\x03d\r')).toMatchObject([{ lines: 'd\n', interrupted: true, echo: 'abc^C\r\nd\r\n' }])
  })

  test('ends the input when Ctrl-D is all of it', () => {
    expect(type('\x04')).toMatchObject([{ ended: true }])
    expect(type('a\x04')).toMatchObject([{ ended: false, lines: '' }])
  })

  test('has no cursor keys and does not grow without end', () => {
    expect(type('a\x1b[A\x1b[1;5Db\x1bOP\r')).toMatchObject([{ lines: 'ab\n' }])
    const [{ lines = '' } = {}] = type(`${'x'.repeat(10_000)}\r`)
    expect(lines).toHaveLength(4096 + 1)
  })
})
