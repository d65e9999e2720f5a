import { controlBodies } from '../../openapi/generated/control-routes.ts'
import { readBody } from '../exchange/read-body.ts'
import type { PlannedFault } from './fault.ts'
import { misplanned } from './misplanned.ts'

/** Reads a fault from a header, as the description of plans has it; a text says what is wrong with it. */
export function inlineFault(text: string): PlannedFault | string {
  const schema = controlBodies.planFaults?.properties?.faults?.items
  if (!schema) throw new Error('the description does not say what a planned fault looks like')
  const parsed = parsedJson(text)
  if (parsed === undefined) return 'This is no JSON.'
  const reading = readBody<PlannedFault>(schema, { operation: '*', ...parsed }, { partial: false })
  if ('errors' in reading) return JSON.stringify(reading.errors)
  const errors = misplanned(reading.value)
  return Object.keys(errors).length > 0 ? JSON.stringify(errors) : reading.value
}

function parsedJson(text: string): object | undefined {
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}
