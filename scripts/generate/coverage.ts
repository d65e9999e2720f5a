import { join } from 'node:path'
import { coveragePage } from '../../contract-tests/cli/coverage-page.ts'
import { coverageGrid } from '../../contract-tests/harness/coverage-grid.ts'
import { recordedScenarios } from '../../contract-tests/harness/recording/cassette-file.ts'
import { scenarios } from '../../contract-tests/scenarios/index.ts'
import { unreachable } from '../../contract-tests/scenarios/unreachable.ts'

/** The page of the coverage grid as it should be, by its path, from the scenarios and the names of their recordings. */
export async function coveragePages(root: string): Promise<ReadonlyMap<string, string>> {
  const recorded = await recordedScenarios(join(root, 'contract-tests/recordings'))
  const cells = coverageGrid({ scenarios, unreachable, recorded })
  return new Map([['docs/coverage.md', coveragePage(cells)]])
}
