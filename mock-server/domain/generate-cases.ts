import { CaseTable } from './case-table.ts'
import type { JobVariable } from './job-variable.ts'
import type { JsonObject } from './json.ts'
import { maxCases } from './read-cases.ts'

/** What is wrong with one of the variables. */
export class GeneratorError extends Error {
  readonly variable: number

  constructor(variable: number, message: string) {
    super(message)
    this.variable = variable
  }
}

/** Digits of generated values: enough for any step, few enough to hide the noise of binary fractions. */
const significantDigits = 12

/**
 * The cases of variables that generate their values: each combination is one, and the last variable changes fastest
 * (api-docs of 2016: 121 runs, (20, 3) before (20, 3.5)). Null when no variable does. Random generators
 * (Normal, Uniform, Triangular, LogNormal) make none: their settings are not known. Throws GeneratorError.
 */
export function generateCases(variables: readonly JobVariable[]): CaseTable | null {
  const ranges = variables
    .map((variable, index) => ({ variable, values: valuesOf(variable, index) }))
    .filter(({ values }) => values.length > 0)
    .sort((one, other) => one.variable.displayOrder - other.variable.displayOrder)
  if (ranges.length === 0) return null
  const count = ranges.reduce((product, { values }) => product * values.length, 1)
  if (count > maxCases) throw new GeneratorError(0, `Ensure that there are no more than ${maxCases} runs.`)
  const rows = ranges.reduce<readonly (readonly string[])[]>(
    (cases, { values }) => cases.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  )
  return new CaseTable(
    ranges.map(({ variable }) => variable.name),
    rows,
  )
}

function valuesOf({ valueGeneratorType, valueGeneratorSettings }: JobVariable, index: number): string[] {
  const read = (key: string): number => setting(valueGeneratorSettings, key, index)
  if (valueGeneratorType === 'FixedRange')
    return fixedRange(read('minvalue'), read('maxvalue'), read('increment'), index)
  if (valueGeneratorType === 'Linspace')
    return linspace(read('minvalue'), read('maxvalue'), read('count'), index)
  return []
}

/** From the least to the greatest value, both included (inferred: the sample's 11 values from 20 and from 3). */
function fixedRange(from: number, to: number, increment: number, index: number): string[] {
  if (!(increment > 0)) throw new GeneratorError(index, 'Ensure that increment is greater than 0.')
  if (to < from) throw new GeneratorError(index, 'Ensure that maxvalue is not less than minvalue.')
  // The end counts though a sum of binary fractions falls just short of it.
  return spaced(from, increment, Math.floor((to - from) / increment + 1e-9) + 1, index)
}

/** `count` values, both ends included. The key is inferred: no source shows the settings of this generator. */
function linspace(from: number, to: number, count: number, index: number): string[] {
  if (!Number.isInteger(count) || count < 1)
    throw new GeneratorError(index, 'Ensure that count is at least 1.')
  return spaced(from, count === 1 ? 0 : (to - from) / (count - 1), count, index)
}

function spaced(from: number, step: number, count: number, index: number): string[] {
  if (count > maxCases)
    throw new GeneratorError(index, `Ensure that there are no more than ${maxCases} values.`)
  return Array.from({ length: count }, (_, place) =>
    String(Number((from + place * step).toPrecision(significantDigits))),
  )
}

/** Numbers may come as text. */
function setting(settings: JsonObject, key: string, index: number): number {
  const given = settings[key]
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new GeneratorError(index, `A valid number is required for ${key}.`)
}
