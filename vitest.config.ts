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

/** What is tested beside its source and holds nothing of its process: files share one, and import what they test once. */
const BESIDE_THE_SOURCE = '{openapi,mock-server}/**/*.test.ts'

/** The same of what is told which authority there is. */
const BESIDE_CLIENTS = ['client/**/*.test.ts', 'contract-tests/harness/**/*.test.ts']

/** They put something else in the place of a module of Node, for all that is imported later. */
const WITH_OTHER_MODULES = [
  'mock-server/control/authorities.test.ts',
  'mock-server/ssh/keys/public-key.test.ts',
  'contract-tests/harness/live/synced.test.ts',
]

/** They let msw stand before all requests of the process, which Node 20 does not always survive. */
const WITH_MSW = ['contract-tests/harness/replay/**/*.test.ts']

const ALONE = [...WITH_OTHER_MODULES, ...WITH_MSW]

const THROUGH_CLIENTS = [
  '{bench,examples,scripts}/**/*.test.ts',
  'contract-tests/{*,!(harness)/**/*}.test.ts',
]

/** Before any process starts that runs tests: it says to all which authority there is, one for each of two projects. */
const globalSetup = ['contract-tests/test-authority.setup.ts']

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'beside', include: [BESIDE_THE_SOURCE], exclude: ALONE, isolate: false },
      },
      {
        extends: true,
        test: { name: 'clients', include: BESIDE_CLIENTS, exclude: ALONE, isolate: false, globalSetup },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: [...THROUGH_CLIENTS, ...ALONE],
          globalSetup,
        },
      },
    ],
    // Of tests that hang: a slow machine that is busy needs 20 s for some that start several servers.
    testTimeout: 60_000,
    // Some build the command lines first, on a machine that is busy with other tests.
    hookTimeout: 120_000,
    // Two cores: more workers than that only steal time from each other.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
})
