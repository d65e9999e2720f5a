import { expect, it } from 'vitest'
import { CaseTable } from './case-table.ts'
import { maxCases, readCases } from './read-cases.ts'

const variablesOf = (text: string, row: number) => {
  const table = readCases(text)
  if (!(table instanceof CaseTable)) throw new Error(table)
  return table.variables(row)
}

it('makes a case of each line, as the platform shows it', () => {
  expect(variablesOf('x_velocity,y_velocity\n20,3\n20,3.5\n', 1)).toEqual([
    { name: 'x_velocity', value: 20, displayValue: '20', isRelative: false },
    { name: 'y_velocity', value: 3.5, displayValue: '3.5', isRelative: false },
  ])
})

it('keeps the text of numbers, and text that is no number', () => {
  const variables = variablesOf('a,b,c,d,e\n-0.4538185794,1e3,case 1a,010,0x10\n', 0)
  expect(variables.map(({ value }) => value)).toEqual([-0.4538185794, 1000, 'case 1a', 10, '0x10'])
  expect(variables.map(({ displayValue }) => displayValue)).toEqual([
    '-0.4538185794',
    '1e3',
    'case 1a',
    '010',
    '0x10',
  ])
})

it('says what is wrong with a file', () => {
  const wrong = {
    '': 'The submitted file is empty.',
    '\n\n': 'The submitted file is empty.',
    'a,b\n': 'The file has a line of variable names, but no runs.',
    'a,,b\n1,2,3': 'Line 1: a variable has no name.',
    'a,b,a\n1,2,3': 'Line 1: the variable "a" is named twice.',
    'a,b\n1,2\n\n3': 'Line 4: 1 values for 2 variables.',
    'a,b\n1,"2': 'Line 2: a quote is not closed.',
    'PK\0\0': 'The file is not a CSV file.',
  }
  for (const [text, problem] of Object.entries(wrong)) expect(readCases(text)).toBe(problem)
})

it('has a limit to the number of runs', () => {
  const lines = (count: number) => `a\n${'1\n'.repeat(count)}`
  expect(readCases(lines(maxCases))).toBeInstanceOf(CaseTable)
  expect(readCases(lines(maxCases + 1))).toBe('Ensure this file has no more than 10000 runs.')
})
