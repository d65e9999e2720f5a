import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CsvError, readCsv } from './csv.ts'

const cellsOf = (text: string) => [...readCsv(text)].map(({ cells }) => cells)

it('reads rows and cells, whatever ends the lines', () => {
  const rows = [
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ]
  for (const end of ['\n', '\r\n', '\r']) {
    expect(cellsOf(['a,b', '1,2', '3,4'].join(end))).toEqual(rows)
    expect(cellsOf(['a,b', '', '1,2', '  ', '3,4', '', ''].join(end))).toEqual(rows)
  }
})

it('leaves out blanks around cells, as in Rescale’s own example, and a byte order mark', () => {
  expect(cellsOf('\uFEFFdescription, v, z\ncase 1a, 2.2 ,\t3.4\n')).toEqual([
    ['description', 'v', 'z'],
    ['case 1a', '2.2', '3.4'],
  ])
})

it('takes what is quoted as it is', () => {
  expect(cellsOf('" a ","x,y",""\n"say ""hi""" , "two\nlines",z')).toEqual([
    [' a ', 'x,y', ''],
    ['say "hi"', 'two\nlines', 'z'],
  ])
})

it('keeps empty cells', () => {
  expect(cellsOf(',\na,,b,')).toEqual([
    ['', ''],
    ['a', '', 'b', ''],
  ])
})

it('numbers the lines, quoted ones included, and says where it fails', () => {
  expect([...readCsv('a\n\n"b\nc"\nd')].map(({ line }) => line)).toEqual([1, 3, 5])
  const failureOf = (text: string) => {
    try {
      return cellsOf(text)
    } catch (error) {
      return error instanceof CsvError && `${error.line}: ${error.message}`
    }
  }
  expect(failureOf('a\nb\n"c')).toBe('3: a quote is not closed')
  expect(failureOf('a\n"b" c')).toBe('2: something follows a quoted value')
})

it('reads back what was quoted, whatever it is', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', '\n', '\r', 'é') })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const text = rows.map((cells) => cells.map(quoted).join(',')).join('\n')
      expect(cellsOf(text)).toEqual(rows)
    }),
  )
})

it('ends for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', ' ', '\n', '\r') }), (text) => {
      try {
        expect(cellsOf(text).length).toBeLessThanOrEqual(text.length + 1)
      } catch (error) {
        expect(error).toBeInstanceOf(CsvError)
      }
    }),
  )
})
