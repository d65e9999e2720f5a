import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Minutes of one test each, which would keep one core busy alone at the end if they began in their turn. */
const LONGEST = ['durability/kill.test.ts', 'durability/damage.property.test.ts']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification) => LONGEST.some((name) => moduleId.endsWith(name))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))]
  }
}

export default defineConfig({
  test: {
    include: ['{openapi,mock-server,client,contract-tests,bench,examples,scripts}/**/*.test.ts'],
    globalSetup: ['contract-tests/test-authority.setup.ts'],
    testTimeout: 20_000,
    // Some build the command lines first, on a machine that is busy with other tests.
    hookTimeout: 120_000,
    // Two cores: more workers than that only steal time from each other.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
})
