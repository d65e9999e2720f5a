import type { Recipe } from '../mock-server/executors/simulated/recipe.ts'

type PlannedFile = NonNullable<ReturnType<Recipe['plan']>['files']>[number]

/**
 * A run of 20 minutes that writes its log, a table and a field of so many bytes while it goes on, and one further
 * file after a minute.
 */
export function aSolver(fieldBytes: number, early: Omit<PlannedFile, 'after'>): Recipe {
  return {
    name: 'a solver',
    matches: ({ jobName }) => jobName === 'solve',
    plan: () => ({
      duration: '20m',
      log: Array.from({ length: 19 }, (_, minute) => ({
        after: `${minute + 1}m`,
        text: `iteration ${minute + 1}`,
      })),
      files: [
        { path: 'results/field.bin', size: fieldBytes, from: '5m', after: '15m' },
        { path: 'residuals.csv', content: 'i,r\n'.repeat(250), from: '0s', after: '10m' },
        { ...early, after: '1m' },
        { path: 'summary.txt', content: 'done\n' },
      ],
    }),
  }
}
