import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{openapi,mock-server,client,contract-tests,bench,examples,scripts}/**/*.test.ts'],
    globalSetup: ['contract-tests/test-authority.setup.ts'],
    testTimeout: 20_000,
    // Some build the command lines first, on a machine that is busy with other tests.
    hookTimeout: 120_000,
    // Two cores: more workers than that only steal time from each other.
    maxWorkers: 2,
  },
})
