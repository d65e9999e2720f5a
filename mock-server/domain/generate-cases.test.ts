import { expect, it } from 'vitest'
import { GeneratorError, generateCases } from './generate-cases.ts'
import type { JobVariable } from './job-variable.ts'
import type { JsonObject } from './json.ts'

const aVariable = (
  name: string,
  valueGeneratorType: string,
  valueGeneratorSettings: JsonObject,
  displayOrder = 0,
): JobVariable => ({ name, variableType: 'Param', displayOrder, valueGeneratorType, valueGeneratorSettings })

const aRange = (name: string, minvalue: number, maxvalue: number, increment: number, displayOrder = 0) =>
  aVariable(name, 'FixedRange', { minvalue, maxvalue, increment }, displayOrder)

const failureOf = (variables: readonly JobVariable[]) => {
  try {
    return generateCases(variables)
  } catch (error) {
    return error instanceof GeneratorError && [error.variable, error.message]
  }
}

it('crosses the ranges, the last changing fastest, as the documentation’s sample of 121 runs', () => {
  const cases = generateCases([aRange('y_velocity', 3, 8, 0.5, 1), aRange('x_velocity', 20, 30, 1)])
  expect(cases?.names).toEqual(['x_velocity', 'y_velocity'])
  expect(cases?.rows).toHaveLength(121)
  expect(cases?.rows.slice(0, 2)).toEqual([
    ['20', '3'],
    ['20', '3.5'],
  ])
  expect(cases?.rows.at(-1)).toEqual(['30', '8'])
})

it('makes numbers without the noise of binary fractions', () => {
  expect(generateCases([aRange('a', 0.1, 0.7, 0.1)])?.rows.flat()).toEqual(
    '0.1 0.2 0.3 0.4 0.5 0.6 0.7'.split(' '),
  )
  expect(
    generateCases([aVariable('a', 'Linspace', { minvalue: -1, maxvalue: 1, count: '5' })])?.rows.flat(),
  ).toEqual('-1 -0.5 0 0.5 1'.split(' '))
  expect(
    generateCases([aVariable('a', 'Linspace', { minvalue: 2, maxvalue: 3, count: 1 })])?.rows.flat(),
  ).toEqual(['2'])
})

it('is nothing for variables that generate no values', () => {
  expect(generateCases([])).toBeNull()
  expect(generateCases([aVariable('a', '', {}), aVariable('b', 'Normal', { mean: 0 })])).toBeNull()
})

it('says which variable is wrong', () => {
  expect(failureOf([aRange('a', 0, 1, 1), aRange('b', 0, 1, 0)])).toEqual([
    1,
    'Ensure that increment is greater than 0.',
  ])
  expect(failureOf([aRange('a', 2, 1, 1)])).toEqual([0, 'Ensure that maxvalue is not less than minvalue.'])
  expect(failureOf([aVariable('a', 'FixedRange', { minvalue: 1, maxvalue: 'x' })])).toEqual([
    0,
    'A valid number is required for maxvalue.',
  ])
  expect(failureOf([aRange('a', 0, 1e9, 1e-9)])).toEqual([
    0,
    'Ensure that there are no more than 10000 values.',
  ])
  expect(failureOf([aRange('a', 1, 101, 1), aRange('b', 1, 101, 1)])).toEqual([
    0,
    'Ensure that there are no more than 10000 runs.',
  ])
})
