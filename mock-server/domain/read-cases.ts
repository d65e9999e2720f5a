import { CaseTable } from './case-table.ts'
import { CsvError, type CsvRow, readCsv } from './csv.ts'

/** Runs of one job. Inferred: no source shows a limit; the largest design of experiments seen had 1848 runs (DOEC). */
export const maxCases = 10_000
/** Inferred. */
const maxVariables = 1_000

/** The cases that a CSV file describes: variable names in the first line, a run in each other. Or what is wrong with it. */
export function readCases(text: string): CaseTable | string {
  try {
    return casesIn(text)
  } catch (error) {
    if (error instanceof CsvError) return `Line ${error.line}: ${error.message}.`
    throw error
  }
}

function casesIn(text: string): CaseTable | string {
  if (text.includes('\0')) return 'The file is not a CSV file.'
  const rows = readCsv(text)
  const header = rows.next()
  if (header.done) return 'The submitted file is empty.'
  const names = header.value.cells
  const problem = headerProblem(names)
  if (problem !== null) return problem
  const cases: (readonly string[])[] = []
  for (const row of rows) {
    if (row.cells.length !== names.length) return lengthProblem(row, names.length)
    if (cases.length === maxCases) return `Ensure this file has no more than ${maxCases} runs.`
    cases.push(row.cells)
  }
  return cases.length === 0
    ? 'The file has a line of variable names, but no runs.'
    : new CaseTable(names, cases)
}

function headerProblem(names: readonly string[]): string | null {
  if (names.length > maxVariables) return `Ensure this file has no more than ${maxVariables} variables.`
  if (names.includes('')) return 'Line 1: a variable has no name.'
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? null : `Line 1: the variable "${twice}" is named twice.`
}

const lengthProblem = ({ line, cells }: CsvRow, expected: number): string =>
  `Line ${line}: ${cells.length} values for ${expected} variables.`
