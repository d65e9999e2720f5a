import { byteDeviations } from './byte-deviations.ts'
import type { Deviation } from './deviation.ts'
import { echoDeviations } from './echo-deviations.ts'
import { historyDeviations } from './history-deviations.ts'
import { ownershipDeviations } from './ownership-deviations.ts'
import { pageDeviations } from './page-deviations.ts'

/** Answers that are each as described, and contradict each other. */
export const relationDeviations: readonly Deviation[] = [
  ...pageDeviations,
  ...echoDeviations,
  ...historyDeviations,
  ...byteDeviations,
  ...ownershipDeviations,
]
