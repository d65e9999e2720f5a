import type { Parameter } from '../../openapi/route.ts'
import type { FieldErrors } from '../exchange/read-body.ts'
import { readBoolean, readInteger, readNumber } from '../exchange/read-scalar.ts'

const readers = { integer: readInteger, number: readNumber, boolean: readBoolean }

/**
 * What a query holds that is not described, or is none of what it stands for; null when there is nothing. The API takes
 * both for not given, as the real platform does; a control that did would let a misspelt wish pass for a granted one.
 */
export function queryErrors(parameters: readonly Parameter[], queryText: string): FieldErrors | null {
  const known = new Map(
    parameters.filter((one) => one.in === 'query').map(({ name, schema }) => [name, schema]),
  )
  const errors = [...new URLSearchParams(queryText)].flatMap(([name, text]): [string, string[]][] => {
    const schema = known.get(name)
    if (!schema) return [[name, ['There is no such parameter.']]]
    if (schema.type === 'string') return []
    const reading = readers[schema.type](schema, text)
    return 'errors' in reading ? [[name, [...reading.errors]]] : []
  })
  return errors.length > 0 ? Object.fromEntries(errors) : null
}
