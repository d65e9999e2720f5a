import type { Scenario } from '../harness/scenario.ts'
import { accessScenarios } from './access.ts'
import { announcedScenarios } from './announced.ts'
import { catalogueScenarios } from './catalogue.ts'
import { fileScenarios } from './files.ts'
import { jobLifeScenarios } from './job-life.ts'
import { jobScenarios } from './jobs.ts'
import { limitScenarios } from './limits.ts'
import { notFoundScenarios } from './not-found.ts'
import { runScenarios } from './runs.ts'
import { storageScenarios } from './storage.ts'

/** The suite. A scenario that is not listed here is run by nobody. */
export const scenarios: readonly Scenario[] = [
  ...accessScenarios,
  ...catalogueScenarios,
  ...fileScenarios,
  ...jobScenarios,
  ...jobLifeScenarios,
  ...runScenarios,
  ...storageScenarios,
  ...notFoundScenarios,
  ...limitScenarios,
  ...announcedScenarios,
]
