import type { Recipe } from '../../mock-server/executors/simulated/recipe.ts'

/** A run of 20 minutes that writes its log, a table and a field while it goes on. */
export const solver: Recipe = {
  name: 'a solver',
  matches: ({ jobName }) => jobName === 'solve',
  plan: () => ({
    duration: '20m',
    log: Array.from({ length: 19 }, (_, minute) => ({
      after: `${minute + 1}m`,
      text: `iteration ${minute + 1}`,
    })),
    files: [
      { path: 'results/field.bin', size: 300_000, from: '5m', after: '15m' },
      { path: 'residuals.csv', content: 'i,r\n'.repeat(250), from: '0s', after: '10m' },
      { path: 'scratch.tmp', content: 'x'.repeat(5_000), after: '1m' },
      { path: 'summary.txt', content: 'done\n' },
    ],
  }),
}
