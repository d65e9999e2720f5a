import fc from 'fast-check'
import type { OperationId } from '../../openapi/generated/routes.ts'
import { schemas } from '../../openapi/testing/description.ts'

/** Operations that take a form. */
export const uploads = ['uploadFile', 'replaceUploadFile'] as const satisfies readonly OperationId[]

interface FormViolation {
  readonly what: string
  readonly form: FormData
}

/** Forms that break one constraint of the described parts, and no other. */
export function formViolations(): FormViolation[] {
  const { required = [], properties = {} } = schemas.FileUpload ?? {}
  return [
    ...required.flatMap((name) => missing(name)),
    ...Object.entries(properties).flatMap(([name, { enum: values }]) =>
      values ? outside(name, values.map(Number)) : [],
    ),
  ]
}

/** Left out, and there as a text instead of a file. */
function missing(name: string): FormViolation[] {
  const other = new FormData()
  other.append(`not-${name}`, new Blob(['1']), 'one.txt')
  const text = new FormData()
  text.append(name, 'a text')
  return [
    { what: `${name} left out of an empty form`, form: new FormData() },
    { what: `${name} left out`, form: other },
    { what: `${name} is no file`, form: text },
  ]
}

/** Neither one of the values, nor a number at all. */
function outside(name: string, values: readonly number[]): FormViolation[] {
  const numbers = fc.integer({ min: -50, max: 500 }).filter((number) => !values.includes(number))
  const texts = fc.constantFrom('', 'text', '1.5', '1e999', 'null')
  return fc.sample(fc.oneof(numbers.map(String), texts), { numRuns: 12, seed: 20261129 }).map((value) => {
    const form = new FormData()
    form.append('file', new Blob(['1']), 'one.txt')
    form.append(name, value)
    return { what: `${name} is ${JSON.stringify(value)}`, form }
  })
}
