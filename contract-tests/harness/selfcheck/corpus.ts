import type { Description } from '../../../openapi/openapi-document.ts'
import { answerDeviations } from './answer-deviations.ts'
import { dateDeviations } from './date-deviations.ts'
import type { Deviation } from './deviation.ts'
import { fieldDeviations } from './field-deviations.ts'
import { relationDeviations } from './relation-deviations.ts'

/** Every class of disagreement, on every group of operations that can have it. */
export function allDeviations(description: Description): Deviation[] {
  return [...fieldDeviations(description), ...answerDeviations(), ...dateDeviations, ...relationDeviations]
}
