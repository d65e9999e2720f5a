import type { Scenario } from '../harness/scenario.ts'
import { jobScenarios } from './jobs.ts'

/** The suite. A scenario that is not listed here is run by nobody. */
export const scenarios: readonly Scenario[] = [...jobScenarios]
